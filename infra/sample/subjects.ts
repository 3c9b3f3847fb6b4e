import { at, type SeededRandom } from '#infra/sample/random.ts';
import { addDays, type CalendarDate } from '#domain/time/time.ts';
import {
  creditCodeCheckCharacter,
  organisationCodeCheckCharacter,
  registrationNumberCheckDigit,
} from '#domain/subject/subject-id.ts';

export const SUBJECT_COUNT = 5_000;
/** The code of the former Yanshi city, retired in 2021 when it became a district: it names no place of today. */
const DIVISION = '410381';
/** A district that doesn't exist. A firm's name begins with its place, so none of the names below can be a real firm's. */
const DISTRICT = '槐屏区';

const TOWNS = [
  '砚溪镇',
  '双槐镇',
  '鹭洲镇',
  '石埠镇',
  '柿园镇',
  '望嵩街道',
  '云渡街道',
  '桑坪乡',
  '青棠镇',
  '古堰镇',
  '麦峪乡',
  '竹泉镇',
] as const;
const ROADS = ['砚南路', '槐荫街', '望河路', '工匠路', '新埠大道', '柿林巷'] as const;
const BRAND_FIRST = '泓砚槐岫霁澄朔筠璟珩沅樾屿昀栩翊瀚旌琮芃';
const BRAND_SECOND = '岚堰麓屏茗辰榆泊垣陌蔚禾峤湄笙遥柏衡隅枫';
const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何';
const GIVEN = '岚峰宁芳磊静涛敏杰燕波霞鹏丽勇洁强颖军倩';

interface Trade {
  readonly industry: string;
  readonly word: string;
  readonly tag?: string;
  /** What a business of the trade needs (许可证). */
  readonly licences?: readonly string[];
}

/** Industries by GB/T 4754-2017 with their weight among the subjects. */
const TRADES: readonly (readonly [Trade, number])[] = [
  [{ industry: 'C1311', word: '面粉', tag: '食品生产', licences: ['食品生产许可证'] }, 30],
  [{ industry: 'C1353', word: '肉制品', tag: '食品生产', licences: ['食品生产许可证'] }, 25],
  [{ industry: 'C1411', word: '糕点', tag: '食品生产', licences: ['食品生产许可证'] }, 40],
  [{ industry: 'C1953', word: '鞋业' }, 60],
  [{ industry: 'C2614', word: '化工', tag: '危化品', licences: ['安全生产许可证'] }, 15],
  [
    {
      industry: 'C2671',
      word: '工业炸药',
      tag: '民爆',
      licences: ['民用爆炸物品生产许可证', '民用爆炸物品安全生产许可证'],
    },
    3,
  ],
  [{ industry: 'C3011', word: '水泥', tag: '重点用能', licences: ['全国工业产品生产许可证'] }, 10],
  [{ industry: 'C3240', word: '合金', tag: '重点用能' }, 20],
  [{ industry: 'C3311', word: '金属结构' }, 60],
  [{ industry: 'C3752', word: '摩托车配件' }, 50],
  [{ industry: 'C4210', word: '再生资源' }, 25],
  [{ industry: 'D4412', word: '热电', tag: '重点用能', licences: ['电力业务许可证'] }, 4],
  [{ industry: 'D4420', word: '供电服务' }, 6],
  [{ industry: 'F5121', word: '粮油批发', tag: '食品经营', licences: ['食品经营许可证'] }, 40],
  [{ industry: 'F5162', word: '石油制品', tag: '危化品', licences: ['危险化学品经营许可证'] }, 12],
  [{ industry: 'F5182', word: '拍卖', licences: ['拍卖经营批准证书'] }, 8],
  [{ industry: 'F5191', word: '废旧物资回收' }, 25],
  [{ industry: 'F5211', word: '百货' }, 60],
  [{ industry: 'F5212', word: '超市', tag: '食品经营', licences: ['食品经营许可证'] }, 120],
  [{ industry: 'F5220', word: '副食', tag: '食品经营', licences: ['食品经营许可证'] }, 100],
  [{ industry: 'F5261', word: '汽车销售' }, 25],
  [{ industry: 'F5262', word: '二手车' }, 20],
  [
    {
      industry: 'F5265',
      word: '加油站',
      tag: '危化品',
      licences: ['成品油零售经营批准证书', '危险化学品经营许可证'],
    },
    22,
  ],
  [{ industry: 'F5271', word: '家用电器' }, 30],
  [{ industry: 'F5292', word: '电子商务', tag: '直播带货' }, 50],
  [{ industry: 'H6110', word: '酒店', licences: ['特种行业许可证（旅馆业）', '公共场所卫生许可证'] }, 25],
  [{ industry: 'H6210', word: '餐饮', tag: '食品经营', licences: ['食品经营许可证'] }, 130],
  [{ industry: 'H6291', word: '小吃', tag: '食品经营', licences: ['食品经营许可证'] }, 70],
  [{ industry: 'I6440', word: '网络科技', tag: '直播带货', licences: ['增值电信业务经营许可证'] }, 25],
  [{ industry: 'O8010', word: '家政' }, 20],
  [{ industry: 'O8030', word: '洗染' }, 12],
  [{ industry: 'O8040', word: '美容美发', licences: ['公共场所卫生许可证'] }, 40],
  [{ industry: 'O8132', word: '家电维修' }, 18],
];

interface Form {
  readonly label: string;
  /** First two characters of the credit code (GB 32100 table 3). */
  readonly code: string;
  readonly suffix: string;
}

const FORMS: readonly (readonly [Form, number])[] = [
  [{ label: '企业', code: '91', suffix: '有限公司' }, 52],
  [{ label: '个体户', code: '92', suffix: '店' }, 40],
  [{ label: '农专社', code: '93', suffix: '农民专业合作社' }, 7],
  [{ label: '外企代表机构', code: '91', suffix: '代表处' }, 1],
];

const STATUSES: readonly (readonly [string, number])[] = [
  ['存续', 930],
  ['停业', 15],
  ['清算', 5],
  ['吊销', 15],
  ['撤销', 2],
  ['注销', 23],
  ['迁出', 10],
];
const SCALES: readonly (readonly [string, number])[] = [
  ['大型', 1],
  ['中型', 7],
  ['小型', 30],
  ['微型', 62],
];
const CLASSES: readonly (readonly [string, number])[] = [
  ['A', 55],
  ['B', 33],
  ['C', 9],
  ['D', 3],
];
const OTHER_TAGS = ['单用途预付卡', '商业特许经营', '外贸备案', '规上企业'] as const;

export const SUBJECT_HEADERS = [
  '统一社会信用代码/注册号',
  '企业名称',
  '主体类型',
  '登记状态',
  '行政区划',
  '行业',
  '规模',
  '信用风险类别',
  '评定日期',
  '监管标签',
  '住所',
  '法定代表人',
  '成立日期',
  '登记机关',
  '管辖单位',
  '许可证',
] as const;

/** Where a row's values come from. Licences have numbers of their own, so that whoever stays whatever they hold. */
interface Sources {
  readonly random: SeededRandom;
  readonly licences: SeededRandom;
}

/** Rows of the subjects' file without the header; classes are those of the first day of today's month. */
export function subjectRows(sources: Sources, today: CalendarDate): string[][] {
  const names = new Set<string>();
  return Array.from({ length: SUBJECT_COUNT }, (_, index) => subjectRow(sources, today, index + 1, names));
}

function subjectRow(
  { random, licences }: Sources,
  today: CalendarDate,
  serial: number,
  names: Set<string>,
): string[] {
  const trade = random.weighted(TRADES);
  const form = random.weighted(FORMS);
  const townIndex = random.below(TOWNS.length);
  const town = at(TOWNS, townIndex);
  const place = form.code === '92' ? `${DISTRICT}${town}` : DISTRICT;
  const established = addDays(today, -200 - random.below(8_000));
  return [
    idOf(form, serial),
    unusedName(random, names, (brand) => `${place}${brand}${trade.word}${form.suffix}`),
    form.label,
    random.weighted(STATUSES),
    `${DIVISION}${String(townIndex + 1).padStart(3, '0')}`,
    trade.industry,
    form.code === '92' ? '微型' : random.weighted(SCALES),
    random.weighted(CLASSES),
    `${today.slice(0, 7)}-01`,
    tagsOf(random, trade),
    `${DISTRICT}${town}${random.pick(ROADS)}${random.below(300) + 1}号`,
    personName(random),
    slashed(established),
    `${DISTRICT}市场监督管理局`,
    `${town}监管站`,
    licencesOf(licences, trade, today, serial),
  ];
}

/**
 * An id of no real body: GB 11714 sets PDY00001 to PDY99999 aside for a system's own use. Every 250th has a
 * registration number of the time before 2015 instead.
 */
function idOf(form: Form, serial: number): string {
  if (serial % 250 === 0) {
    const digits = `${DIVISION}${form.code === '92' ? '6' : '2'}${String(serial).padStart(7, '0')}`;
    return digits + registrationNumberCheckDigit(digits);
  }
  const body = `PDY${String(serial).padStart(5, '0')}`;
  const first17 = `${form.code}${DIVISION}${body}${organisationCodeCheckCharacter(body)}`;
  return first17 + creditCodeCheckCharacter(first17);
}

function unusedName(random: SeededRandom, names: Set<string>, withBrand: (brand: string) => string): string {
  for (;;) {
    const name = withBrand(character(random, BRAND_FIRST) + character(random, BRAND_SECOND));
    if (!names.has(name)) {
      names.add(name);
      return name;
    }
  }
}

function tagsOf(random: SeededRandom, trade: Trade): string {
  const tags = trade.tag === undefined ? [] : [trade.tag];
  if (random.below(12) === 0) tags.push(random.pick(OTHER_TAGS));
  return tags.join('；');
}

/** The trade's licences: of sixteen one is missing and one lapsed, and two are valid without end. Numbers begin with SL, as no register's do. */
function licencesOf(
  random: SeededRandom,
  { licences = [] }: Trade,
  today: CalendarDate,
  serial: number,
): string {
  return licences
    .flatMap((name, index) => {
      const kind = random.below(16);
      const days = 1 + random.below(1_800);
      if (kind === 0) return [];
      const until = kind <= 2 ? '长期' : `至${addDays(today, kind === 3 ? -days : days)}`;
      return [`${name}（编号 SL${String(serial).padStart(5, '0')}${index + 1}，${until}）`];
    })
    .join('；');
}

/** A name with 示 ("sample") in its middle, so that it is taken for nobody. */
export function personName(random: SeededRandom): string {
  return `${character(random, SURNAMES)}示${character(random, GIVEN)}`;
}

function character(random: SeededRandom, characters: string): string {
  return characters.charAt(random.below(characters.length));
}

/** A day as a spreadsheet shows it in China: 2026/3/2. */
function slashed(date: CalendarDate): string {
  return date.split('-').map(Number).join('/');
}
