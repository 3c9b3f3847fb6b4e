import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { articles, type Article } from './articles.ts';
import { code, codes, page, table } from './markdown.ts';

const root = new URL('../../', import.meta.url);

/** A test whose name carries numbers of articles. */
interface ArticleTest {
  readonly file: string;
  readonly name: string;
  readonly articles: readonly string[];
}

/** docs/regulation.md: article → rule → code → test. @throws Error naming an article without a test, or code that is not there */
export function regulationPage(): string {
  const tests = articleTests();
  refuseGaps(tests);
  return page(
    'The regulation, article by article 工作细则逐条',
    'infra/docs/articles.ts and the names of the tests',
    `《触发式“双随机、一公开”监管工作细则》 has 17 articles. This page says what the software makes of each, where, which tests hold it, and what is
**not there**. A test that holds an article carries its number: \`npx vitest run -t "article 14"\` runs those of article 14.`,
    table(
      ['article', 'says', 'built', 'code', 'tests', 'not there'],
      articles.map((one) => [
        `[${one.article}](#article-${anchorOf(one.article)})`,
        one.says,
        one.built,
        codes(one.code),
        codes(filesOf(tests, one)),
        one.lacks ?? '–',
      ]),
    ),
    `Working days follow 民法典 第二百零一条 and 行政处罚法 第八十五条: the day of the event is not counted. See [deadlines.md](deadlines.md) and
[decision 0012](decisions/0012-working-day-calendar-with-horizon.md).`,
    '## The tests of each article',
    ...articles.map((one) => testsOf(tests, one)),
  );
}

function testsOf(tests: readonly ArticleTest[], { article }: Article): string {
  const own = tests.filter((test) => test.articles.includes(article));
  return [
    `### Article ${article}`,
    table(
      ['test', 'in'],
      own.map(({ name, file }) => [name, code(file)]),
    ),
  ].join('\n\n');
}

function filesOf(tests: readonly ArticleTest[], { article }: Article): readonly string[] {
  return [...new Set(tests.flatMap((test) => (test.articles.includes(article) ? [test.file] : [])))];
}

/** As the places where these pages are read make it of the heading: brackets fall out. */
function anchorOf(article: string): string {
  return article.replaceAll(/[()]/g, '');
}

/** Every test that is named for an article, in the order of files and lines. */
function articleTests(): readonly ArticleTest[] {
  return readdirSync(new URL('test/', root), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.test\.tsx?$/.test(file))
    .map((file) => `test/${file}`)
    .toSorted()
    .flatMap((file) =>
      namesIn(readFileSync(new URL(file, root), 'utf8')).map((name) => ({
        file,
        name,
        articles: numbersIn(name),
      })),
    );
}

/** Literals that begin with the number of an article are names of tests and of groups of them. */
function namesIn(source: string): string[] {
  return Array.from(source.matchAll(/(['"`])(articles? \d.*?)\1/g), ([, , name = '']) => name);
}

/** The numbers at the beginning of a name: `articles 5, 7(4): …`. A bare 7 is no article of the table: its paragraphs are. */
function numbersIn(name: string): string[] {
  const [head = ''] = name.match(/^articles? [\d(),\s]*(?:and [\d()]+)?/) ?? [];
  return Array.from(head.matchAll(/\d+(?:\(\d\))?/g), ([number]) => number);
}

function refuseGaps(tests: readonly ArticleTest[]): void {
  const untested = articles.filter((one) => filesOf(tests, one).length === 0).map(({ article }) => article);
  const known = new Set(articles.map(({ article }) => article));
  const unknown = tests.filter((test) => test.articles.some((one) => !known.has(one)));
  const gone = articles
    .flatMap((one) => one.code)
    .filter((path) => !existsSync(fileURLToPath(new URL(path, root))));
  const faults = [
    ...untested.map((article) => `no test is named for article ${article}`),
    ...unknown.map(
      ({ file, name }) => `${file}: “${name}” is named for an article that the table does not have`,
    ),
    ...gone.map((path) => `${path} is not there`),
  ];
  if (faults.length > 0) throw new Error(`docs/regulation.md can't be made:\n${faults.join('\n')}`);
}
