import { at } from '#infra/sample/random.ts';
import { UNITS } from '#infra/sample/staff.ts';

export const ITEM_HEADERS = [
  '编号',
  '抽查事项',
  '抽查子项',
  '抽查依据',
  '抽查主体',
  '抽查对象',
  '适用行业',
  '抽查比例',
  '抽查频次',
  '抽查方式',
  '人员要求',
  '检查内容及要求',
  '所需材料',
] as const;

const ORDINARY = 'A 1%，B 3%，C 10%，D 100%';
const RAISED = 'A 2%，B 5%，C 20%，D 100%';
/** For what may explode: everybody, whatever the class. */
const WHOLE = '100%';
const EVERY_TWO_YEARS = '同一单位每2年不超过1次';
const EVERY_YEAR = '同一单位每年不超过1次';
const ON_SITE = '实地检查';

interface CheckItem {
  readonly matter: string;
  readonly sub: string;
  readonly basis: string;
  readonly kinds?: string;
  readonly industries: string;
  readonly ratio?: string;
  readonly frequency?: string;
  readonly methods?: string;
  /** The unit's qualification is asked for (人员要求). */
  readonly qualified?: boolean;
  readonly content: string;
  readonly materials: string;
}

/** 24 check items of an industry and commerce bureau, four for each unit of UNITS in its order, on statutes that exist. */
const CHECK_ITEMS: readonly (readonly CheckItem[])[] = [
  [
    {
      matter: '单用途商业预付卡检查',
      sub: '发卡企业备案、资金存管',
      basis: '《单用途商业预付卡管理办法（试行）》（商务部令2012年第9号）',
      kinds: '企业',
      industries: 'F52、H61、H62、O80',
      content: '备案、购卡登记、限额发行、预收资金存管、退卡服务情况。',
      materials: '备案证明、预收资金存管协议、业务处理系统说明',
    },
    {
      matter: '零售商促销行为检查',
      sub: '促销明示、促销安全',
      basis: '《零售商促销行为管理办法》（商务部、发展改革委、公安部、税务总局、工商总局令2006年第18号）',
      industries: 'F521、F522',
      content: '促销内容是否明示，有无虚构原价、限制退换。',
      materials: '近一年促销活动方案、价格标签样张',
    },
    {
      matter: '餐饮业经营行为检查',
      sub: '明示服务项目、制止餐饮浪费',
      basis:
        '《餐饮业经营管理办法（试行）》（商务部、发展改革委令2014年第4号）、《中华人民共和国反食品浪费法》',
      industries: 'H62',
      qualified: true,
      content: '是否明示服务项目和收费标准，有无设置最低消费，是否主动提示适量点餐。',
      materials: '菜单、收费公示照片',
    },
    {
      matter: '家庭服务与生活服务业检查',
      sub: '家政、美容美发、洗染经营规范',
      basis:
        '《家庭服务业管理暂行办法》（商务部令2012年第11号）、《美容美发业管理暂行办法》、《洗染业管理办法》',
      industries: 'O80',
      frequency: EVERY_YEAR,
      content: '证照公示、服务合同、服务人员档案、投诉处理情况。',
      materials: '服务合同样本、服务人员档案、投诉登记',
    },
  ],
  [
    {
      matter: '成品油零售经营检查',
      sub: '经营资格、进销台账',
      basis:
        '《国务院办公厅关于推动成品油流通高质量发展的意见》（国办发〔2025〕5号）、《危险化学品安全管理条例》',
      industries: 'F5265',
      ratio: RAISED,
      frequency: EVERY_YEAR,
      qualified: true,
      content: '零售经营资格、油品来源、进销台账、加油机计量情况。',
      materials: '零售经营批准证书、进货合同与发票、进销台账',
    },
    {
      matter: '成品油批发仓储检查',
      sub: '备案、出入库台账',
      basis:
        '《国务院办公厅关于推动成品油流通高质量发展的意见》（国办发〔2025〕5号）、《危险化学品安全管理条例》',
      kinds: '企业',
      industries: 'F5162',
      ratio: RAISED,
      qualified: true,
      content: '备案回执、危险化学品经营许可证、出入库台账。',
      materials: '备案回执、危险化学品经营许可证、出入库台账',
    },
    {
      matter: '加油站消防与油气回收检查',
      sub: '消防设施、油气回收装置运行',
      basis: '《中华人民共和国安全生产法》、《中华人民共和国大气污染防治法》',
      industries: 'F5265',
      ratio: RAISED,
      methods: '实地检查；检验检测',
      content: '消防设施完好、油气回收装置运行记录。',
      materials: '消防设施检验记录、油气回收检测报告',
    },
    {
      matter: '散装汽油销售检查',
      sub: '实名登记、流向记录',
      basis: '《中华人民共和国反恐怖主义法》、《危险化学品安全管理条例》',
      industries: 'F5265',
      frequency: '不限',
      content: '购买人实名登记、用途说明、容器规范。',
      materials: '散装汽油销售登记簿',
    },
  ],
  [
    {
      matter: '工业节能检查',
      sub: '单位产品能耗限额执行',
      basis: '《中华人民共和国节约能源法》、《工业节能管理办法》（工业和信息化部令第33号）',
      kinds: '企业',
      industries: 'C30、C32、D44',
      ratio: RAISED,
      frequency: EVERY_YEAR,
      qualified: true,
      content: '能耗限额标准执行、能源计量器具配备、能源利用状况报告。',
      materials: '能源消费台账、计量器具一览表、能源利用状况报告',
    },
    {
      matter: '淘汰落后用能设备检查',
      sub: '高耗能落后机电设备',
      basis: '《中华人民共和国节约能源法》、《工业节能管理办法》（工业和信息化部令第33号）',
      kinds: '企业',
      industries: 'C',
      content: '是否使用国家明令淘汰的用能设备和生产工艺。',
      materials: '主要用能设备清单、电机与变压器铭牌照片',
    },
    {
      matter: '清洁生产检查',
      sub: '清洁生产审核落实',
      basis: '《中华人民共和国清洁生产促进法》',
      kinds: '企业',
      industries: 'C26、C30、C32、C33',
      methods: '书面检查；实地检查',
      content: '审核方案落实、中高费方案实施进度。',
      materials: '清洁生产审核报告、验收意见',
    },
    {
      matter: '监控化学品检查',
      sub: '生产、使用数据申报',
      basis: '《中华人民共和国监控化学品管理条例》（国务院令第190号）',
      kinds: '企业',
      industries: 'C26',
      ratio: RAISED,
      content: '监控化学品生产、使用、储存及数据申报情况。',
      materials: '监控化学品台账、年度申报表',
    },
  ],
  [
    {
      matter: '民用爆炸物品生产检查',
      sub: '安全生产条件',
      basis: '《民用爆炸物品安全管理条例》（国务院令第466号）',
      kinds: '企业',
      industries: 'C2671',
      ratio: WHOLE,
      frequency: '每半年不超过2次',
      qualified: true,
      content: '生产许可、定员定量、库房储存、流向登记。',
      materials: '生产许可证、安全管理制度、流向登记台账',
    },
    {
      matter: '电力设施保护检查',
      sub: '保护区内作业',
      basis: '《电力设施保护条例》（国务院令第239号）',
      industries: 'D44',
      ratio: RAISED,
      content: '电力设施保护区内作业审批和防护措施。',
      materials: '作业许可、防护方案',
    },
    {
      matter: '供用电秩序检查',
      sub: '转供电价格、用电安全',
      basis: '《中华人民共和国电力法》、《电力供应与使用条例》（国务院令第196号）',
      industries: 'D44、F521',
      qualified: true,
      content: '转供电加价、用电设施安全、电工持证情况。',
      materials: '电费发票、转供电价格公示、电工证',
    },
    {
      matter: '工业企业安全管理检查',
      sub: '重点行业安全责任落实',
      basis: '《中华人民共和国安全生产法》',
      kinds: '企业',
      industries: 'C30、C32',
      content: '安全责任制、隐患排查治理台账、特种作业人员持证。',
      materials: '安全责任制文件、隐患台账、特种作业操作证',
    },
  ],
  [
    {
      matter: '对外贸易经营检查',
      sub: '进出口许可、禁限目录',
      basis: '《中华人民共和国对外贸易法》、《中华人民共和国货物进出口管理条例》（国务院令第332号）',
      kinds: '企业；外企代表机构',
      industries: 'C19、C32、F51',
      methods: '书面检查；实地检查',
      content: '进出口许可证件使用、禁止和限制目录执行情况。',
      materials: '进出口合同、许可证件、报关单',
    },
    {
      matter: '外商投资信息报告检查',
      sub: '初始、变更、年度报告',
      basis: '《外商投资信息报告办法》（商务部、市场监管总局令2019年第2号）',
      kinds: '企业；外企代表机构',
      industries: '全部',
      methods: '书面检查；网络监测',
      content: '是否按时、如实报送投资信息。',
      materials: '投资信息报告回执',
    },
    {
      matter: '电子商务与直播带货检查',
      sub: '主体信息公示、广告宣传',
      basis: '《中华人民共和国电子商务法》、《网络直播营销管理办法（试行）》（国信办发文〔2021〕5号）',
      industries: 'F5292、I64',
      ratio: RAISED,
      methods: '网络监测；实地检查',
      qualified: true,
      content: '营业执照和许可信息公示、直播间广告宣传、售后规则。',
      materials: '店铺后台截图、直播回放、合作协议',
    },
    {
      matter: '商业特许经营检查',
      sub: '备案与信息披露',
      basis: '《商业特许经营管理条例》（国务院令第485号）',
      kinds: '企业',
      industries: 'F52、H62、O80',
      methods: '书面检查；实地检查',
      content: '特许人备案、信息披露、合同约定冷静期。',
      materials: '备案公告截图、特许经营合同样本、信息披露回执',
    },
  ],
  [
    {
      matter: '二手车流通检查',
      sub: '交易市场、经营主体规范',
      basis: '《二手车流通管理办法》（商务部、公安部、工商总局、税务总局令2005年第2号）',
      industries: 'F5262',
      ratio: RAISED,
      frequency: EVERY_YEAR,
      content: '经营主体备案、车辆信息公示、交易合同和发票。',
      materials: '备案信息、交易合同、二手车销售统一发票',
    },
    {
      matter: '汽车销售检查',
      sub: '备案、明码标价、售后服务',
      basis: '《汽车销售管理办法》（商务部令2017年第1号）',
      kinds: '企业',
      industries: 'F5261',
      content: '销售信息备案、价格明示、有无加价和强制搭售。',
      materials: '备案回执、销售合同样本、价格公示照片',
    },
    {
      matter: '报废机动车回收检查',
      sub: '资质认定、拆解与五大总成去向',
      basis: '《报废机动车回收管理办法》（国务院令第715号）、《再生资源回收管理办法》',
      kinds: '企业；个体户',
      industries: 'C4210、F5191',
      ratio: RAISED,
      qualified: true,
      content: '资质认定书、拆解台账、五大总成去向记录。',
      materials: '资质认定书、拆解台账、销售记录',
    },
    {
      matter: '家电维修服务检查',
      sub: '收费公示、维修记录',
      basis: '《家电维修服务业管理办法（试行）》（商务部令2012年第7号）',
      industries: 'O8132',
      content: '收费项目和标准公示、维修记录、旧件处理。',
      materials: '收费公示照片、维修服务单',
    },
  ],
];

/** Rows of the items' file without the header. */
export function itemRows(): string[][] {
  return CHECK_ITEMS.flatMap((items, unit) =>
    items.map((item, place) => itemRow(item, unit, unit * items.length + place + 1)),
  );
}

function itemRow(item: CheckItem, unit: number, serial: number): string[] {
  const { name, qualification } = at(UNITS, unit);
  return [
    `YS-GXJ-${String(serial).padStart(3, '0')}`,
    item.matter,
    item.sub,
    item.basis,
    name,
    item.kinds ?? '全部',
    item.industries,
    item.ratio ?? ORDINARY,
    item.frequency ?? EVERY_TWO_YEARS,
    item.methods ?? ON_SITE,
    item.qualified === true ? qualification : '',
    item.content,
    item.materials,
  ];
}
