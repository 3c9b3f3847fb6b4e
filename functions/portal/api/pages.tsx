import type { ComponentChildren } from 'preact';
import {
  answersOf,
  isEvent,
  nameIn,
  parametersOf,
  routesOf,
  schemasUsedBy,
  type ApiDocument,
  type Content,
  type Described,
  type Schema,
} from './document.ts';
import { commandFor } from './example.ts';
import { acceptedBy, fieldRows } from './field-rows.ts';

/** What there is, a page for each function. */
export function ApiIndexPage({ document }: { readonly document: ApiDocument }) {
  return (
    <>
      <h1>接口说明</h1>
      <p class="en" lang="en">
        The API, version {document.info.version}
      </p>
      <p>
        同样的内容可供程序读取：<a href="/public/openapi.json">OpenAPI 3.1</a>
        ；事件的格式：<a href="/public/events.json">JSON Schema</a>。
        <br />
        <span class="en" lang="en">
          The same for programs to read, and the shapes of the events, behind these two links.
        </span>
      </p>
      <table>
        <thead>
          <tr>
            <th>用途 What for</th>
            <th>接口数 Routes</th>
          </tr>
        </thead>
        <tbody>
          {document.tags.map(({ name, description }) => (
            <tr key={name}>
              <td>
                <a href={`/public/api?tag=${name}`}>{description}</a>
              </td>
              <td>{routesOf(document, name).length}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

interface TagPage {
  readonly document: ApiDocument;
  readonly tag: string;
  readonly description: string;
}

/** The routes of one function: what each takes and answers, and the shapes that are named there. */
export function ApiTagPage({ document, tag, description }: TagPage) {
  const routes = routesOf(document, tag);
  return (
    <>
      <h1>{description}</h1>
      <p>
        <a href="/public/api">全部接口 All of the API</a>
      </p>
      <ul>
        {routes.map(({ method, path, operation }) => (
          <li key={operation.operationId}>
            <a href={`#${operation.operationId}`}>
              <code>{`${method} ${path}`}</code>
            </a>{' '}
            {operation.summary}
          </li>
        ))}
      </ul>
      {routes.map((route) => (
        <RoutePart key={route.operation.operationId} document={document} route={route} />
      ))}
      <h2>数据格式 Shapes</h2>
      {schemasUsedBy(document, routes).map(([name, schema]) => (
        <section key={name} id={name}>
          <h3>
            <code>{name}</code>
          </h3>
          <Shape schema={schema} />
        </section>
      ))}
    </>
  );
}

function RoutePart({ document, route }: { readonly document: ApiDocument; readonly route: Described }) {
  const { method, path, operation } = route;
  const parameters = parametersOf(document, operation);
  return (
    <section id={operation.operationId}>
      <h2>
        <code>{`${method} ${path}`}</code>
      </h2>
      <p>
        {operation.summary}
        {operation.security.length === 0 ? null : <small>（须登录 needs a bearer token）</small>}
      </p>
      {parameters.length === 0 ? null : (
        <FieldTable
          caption="参数 Parameters"
          rows={parameters.map(({ name, in: where, required, schema, description = '' }) => ({
            path: `${name} (${where})`,
            required,
            schema,
            description,
          }))}
        />
      )}
      {operation.requestBody === undefined ? null : (
        <>
          <h3>请求体 Body{operation.requestBody.required ? '' : '（可省略 optional）'}</h3>
          <Contents content={operation.requestBody.content} />
        </>
      )}
      {answersOf(operation).map(([status, content]) => (
        <div key={status}>
          <h3>答复 Answer {status}</h3>
          <Contents content={content} />
        </div>
      ))}
      <pre class="scroll">
        <code>{commandFor(document, route)}</code>
      </pre>
    </section>
  );
}

function Contents({ content }: { readonly content: Content }) {
  const types = Object.entries(content);
  return types.length === 0 ? (
    <p>无内容 Nothing</p>
  ) : (
    <>
      {types.map(([type, { schema }]) =>
        schema === undefined ? (
          <p key={type}>
            <code>{type}</code>
          </p>
        ) : (
          <Shape key={type} schema={schema} />
        ),
      )}
    </>
  );
}

/** A schema as a table of its fields, or in a line when it has none. */
function Shape({ schema }: { readonly schema: Schema }) {
  const rows = fieldRows(schema);
  return rows.length === 0 ? (
    <p>
      <TypeOf schema={schema} /> {acceptedBy(schema)}
    </p>
  ) : (
    <FieldTable rows={rows} />
  );
}

interface Row {
  readonly path: string;
  readonly required: boolean;
  readonly schema: Schema;
  readonly description?: string;
}

function FieldTable({ caption, rows }: { readonly caption?: string; readonly rows: readonly Row[] }) {
  return (
    <table>
      {caption === undefined ? null : <caption>{caption}</caption>}
      <thead>
        <tr>
          <th>字段 Field</th>
          <th>类型 Type</th>
          <th>必填 Required</th>
          <th>取值 Accepted</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ path, required, schema, description = '' }, at) => (
          <tr key={at}>
            <td>
              <code>{path}</code>
            </td>
            <td>
              <TypeOf schema={schema} />
            </td>
            <td>{required ? '是 yes' : ''}</td>
            <td>{[description, acceptedBy(schema)].filter((part) => part !== '').join(' ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `list of Trigger`, with a link to what has a name. */
function TypeOf({ schema }: { readonly schema: Schema }): ComponentChildren {
  const variants = [...schema.anyOf, ...schema.oneOf];
  if (schema.$ref !== undefined) {
    const name = nameIn(schema.$ref);
    return <a href={isEvent(name) ? '/public/events.json' : `#${name}`}>{name}</a>;
  }
  if (schema.const !== undefined) return <code>{JSON.stringify(schema.const)}</code>;
  if (variants.length > 0) {
    return variants.map((variant, at) => (
      <span key={at}>
        {at === 0 ? '' : ' | '}
        <TypeOf schema={variant} />
      </span>
    ));
  }
  if (schema.items !== undefined) {
    return (
      <>
        list of <TypeOf schema={schema.items} />
      </>
    );
  }
  if (typeof schema.additionalProperties === 'object') {
    return (
      <>
        map of <TypeOf schema={schema.additionalProperties} />
      </>
    );
  }
  return schema.format ?? schema.type ?? 'any';
}
