import { at } from '#infra/sample/random.ts';
import type { CalendarDate } from '#domain/time/time.ts';
import { creditCodeCheckCharacter, organisationCodeCheckCharacter } from '#domain/subject/subject-id.ts';

/**
 * Rows, header first, of a file that shows what an import reports: an explaining and an example row, a column that
 * is not kept, and on rows 5 to 14 the mistakes that people make, one each and two on row 14. Rows 4 and 15 are right.
 */
export function faultySubjectRows(today: CalendarDate): string[][] {
  const ids = ['90001', '90002', '90003', '90004', '90005', '90006', '90007'].map(enterpriseId);
  const id = (index: number) => at(ids, index);
  const wrong = id(0).endsWith('0') ? '1' : '0';
  return [
    [
      '统一社会信用代码/注册号',
      '企业名称',
      '登记状态',
      '行业',
      '信用风险类别',
      '评定日期',
      '成立日期',
      '注册资本',
    ],
    ['必填，18位文本格式', '必填', '选填', 'GB/T 4754', 'A/B/C/D', '填写了类别时必填', '', '选填'],
    ['案例（请删除）', '某某有限公司', '存续', 'C13', 'A', '2026-03-01', '2019/5/6', '100万'],
    [id(0), '槐屏区示例一商贸有限公司', '存续', 'F5211', 'A', today, '２０１９/５/６', '100万'],
    ['9.14104E+17', '槐屏区示例二商贸有限公司', '存续', 'F5211', 'A', today, '2019/5/6', ''],
    [id(0).slice(0, 17) + wrong, '槐屏区示例三商贸有限公司', '存续', 'F5211', 'A', today, '2019/5/6', ''],
    [id(0), '槐屏区示例四商贸有限公司', '存续', 'F5211', 'A', today, '2019/5/6', ''],
    [id(1), '', '存续', 'F5211', 'A', today, '2019/5/6', ''],
    [id(2), '槐屏区示例六商贸有限公司', '营业中', 'F5211', 'A', today, '2019/5/6', ''],
    [id(3), '槐屏区示例七商贸有限公司', '存续', 'F13', 'A', today, '2019/5/6', ''],
    [id(4), '槐屏区示例八商贸有限公司', '存续', 'F5211', 'A', '', '2019/5/6', ''],
    [id(5), '槐屏区示例九商贸有限公司', '存续', 'F5211', 'A', today, '5/6/2019', ''],
    [id(5), '槐屏区示例十商贸有限公司', '存续', 'F5211', 'A', today, '2019/2/29', ''],
    [
      id(5),
      '槐屏区示例十一商贸有限公司',
      '存续',
      'F5211',
      'E',
      today,
      '=HYPERLINK("http://example.invalid")',
      '',
    ],
    [id(6), '槐屏区示例十二商贸有限公司', '', '5211', 'B类', today, '43591', '50万'],
  ];
}

function enterpriseId(number: string): string {
  const body = `PDY${number}`;
  const first17 = `91410381${body}${organisationCodeCheckCharacter(body)}`;
  return first17 + creditCodeCheckCharacter(first17);
}
