import { openDataSchema } from '#contracts/open-data.ts';
import { once } from '#lambda/environment.ts';
import type { Answer } from '#web/answer.ts';
import { Heading } from '#web/bilingual.tsx';
import { htmlPage } from '#web/layout.tsx';
import { wantsJson, type HttpRequest } from '#web/request.ts';
import { publicJson } from './reading.ts';

/** Everything that is to be read here, in the order of what happens. */
const PAGES = [
  {
    path: '/public/items',
    zh: '抽查事项清单',
    en: 'List of check items',
    what: ['检查什么、依据什么、抽多少、多久一次', 'what is checked, by which law, how many and how often'],
  },
  {
    path: '/public/directory',
    zh: '执法检查人员名录库',
    en: 'Directory of inspectors',
    what: ['各单位可被抽取的人数', 'how many each unit can send'],
  },
  {
    path: '/public/plans',
    zh: '抽查计划',
    en: 'Plans',
    what: ['文号及其抽取', 'document numbers and their draws'],
  },
  {
    path: '/public/draws',
    zh: '抽取公示',
    en: 'Draws',
    what: ['事先公布的承诺、随机数、抽取结果和证明', 'commitments, randomness, outcomes and proofs'],
  },
  {
    path: '/public/inspections',
    zh: '抽查检查结果公示',
    en: 'Published results',
    what: ['按企业、单位、事项、日期查询；可申请更正', 'to be searched; corrections can be asked for'],
  },
  {
    path: '/public/verify',
    zh: '核验抽取',
    en: 'Verify a draw',
    what: ['在您的浏览器中重新计算', 'recomputed in your browser'],
  },
  {
    path: '/public/ledger',
    zh: '账本',
    en: 'The ledger',
    what: ['全部事件的哈希链', 'the hash chain of everything that happened'],
  },
  {
    path: '/public/schema.json',
    zh: '开放数据结构',
    en: 'JSON Schema of the open data',
    what: ['公示信息、抽取、账本条目', 'publication, draw, ledger entry'],
  },
  {
    path: '/public/api',
    zh: '接口文档',
    en: 'API documents',
    what: ['供其他系统的开发者查阅', 'for whoever writes programs that read it'],
  },
] as const;

/** Whoever types the bare address is the public: staff have the address of the console. */
export function toStart(): Promise<Answer> {
  return Promise.resolve({
    status: 303,
    headers: { location: '/public', 'cache-control': 'public, max-age=3600' },
    body: '',
  });
}

/** The page that leads to all others. */
export async function start(request: HttpRequest): Promise<Answer> {
  const pages = PAGES.map(({ path, zh, en }) => ({ path, zh, en }));
  return Promise.resolve(
    wantsJson(request) ? publicJson({ pages }) : htmlPage('双随机、一公开', <StartPage />, 3600),
  );
}

function StartPage() {
  return (
    <>
      <Heading zh="双随机、一公开" en="Random objects, random inspectors, everything public" />
      <p>
        检查对象和检查人员随机产生，抽查结果向社会公开。抽取过程任何人都可以复核，不需要账号，也不需要相信本网站。
        <br />
        <span class="en" lang="en">
          Who is inspected and who inspects is drawn at random, and the results are public. Anyone can
          recompute a draw: without an account, and without trusting this site.
        </span>
      </p>
      <ul class="doors">
        {PAGES.map(({ path, zh, en, what: [inChinese, inEnglish] }) => (
          <li key={path}>
            <a href={path}>
              {zh}{' '}
              <span class="en" lang="en">
                {en}
              </span>
            </a>
            <p>
              {inChinese}
              <br />
              <span class="en" lang="en">
                {inEnglish}
              </span>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

const schemaText = once(() => JSON.stringify(openDataSchema(), undefined, 2));

/** What the records of the open data look like, for programs. */
export async function schema(): Promise<Answer> {
  const answer = publicJson({}, 'public, max-age=3600');
  return Promise.resolve({
    ...answer,
    headers: { ...answer.headers, 'content-type': 'application/schema+json; charset=utf-8' },
    body: schemaText(),
  });
}
