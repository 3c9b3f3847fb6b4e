import { json, type Answer } from '#web/answer.ts';
import { asAnswer, htmlPage } from '#web/layout.tsx';
import { wantsJson, type HttpRequest } from '#web/request.ts';
import type { Template } from '#wording/template.ts';
import { templates as all } from '#wording/templates.ts';
import { person } from './asking.ts';

const urgencyLabels = { immediate: '即时 At once', digest: '晨间汇总 In the morning' } as const;

/** Every wording in both languages, from sample events: what people will read, before anybody does. */
export async function templates(request: HttpRequest): Promise<Answer> {
  await person(request);
  return wantsJson(request)
    ? json(200, {
        templates: all.map(({ name, by, samples }) => ({ event: name, wording: by.name, samples })),
      })
    : asAnswer(200, htmlPage('消息模板', <TemplatesPage />, 0));
}

function TemplatesPage() {
  return (
    <>
      <h1>消息模板</h1>
      <p class="en" lang="en">
        Message templates, from sample events
      </p>
      {all.map((template) => (
        <TemplateSection key={`${template.name} ${template.by.name}`} {...template} />
      ))}
    </>
  );
}

function TemplateSection({ name, samples }: Template) {
  return (
    <section>
      <h2>
        <code>{name}</code>
      </h2>
      {samples.map(({ urgency, zh, en }) => (
        <div class="answer" key={zh.subject + zh.text}>
          <small>{urgencyLabels[urgency]}</small>
          <div class="paragraph">
            <p>
              <strong>{zh.subject}</strong>
            </p>
            {zh.text.split('\n').map((line) => (
              <p key={line}>{line}</p>
            ))}
          </div>
          <div class="paragraph en" lang="en">
            <p>
              <strong>{en.subject}</strong>
            </p>
            <p>{en.text}</p>
          </div>
        </div>
      ))}
    </section>
  );
}
