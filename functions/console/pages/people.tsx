import { Filters, List } from '#console/kit/list.tsx';
import type { Page } from '#console/kit/page.ts';
import { PersonRole, personRoleLabels } from '#domain/person/person.ts';
import { HANDLING } from './roles.ts';

const people: Page = {
  path: '/people',
  roles: HANDLING,
  nav: { group: 'libraries', words: ['人员和单位', 'People and units'] },
  show: async ({ api, query, path }) => {
    const { people: everybody } = await api.call('GET /people');
    const units = [...new Set(everybody.map(({ unit }) => unit))].toSorted();
    const role = query['role'] ?? '';
    const unit = query['unit'] ?? '';
    const asked = everybody.filter(
      (one) => (role === '' || one.role === role) && (unit === '' || one.unit === unit),
    );
    return {
      title: '人员和单位',
      content: (
        <>
          <Filters
            path={path}
            query={query}
            filters={[
              {
                name: 'role',
                words: ['角色', 'Role'],
                options: PersonRole.options.map((value) => ({ value, words: [personRoleLabels[value], ''] })),
              },
              {
                name: 'unit',
                words: ['所在部门', 'Unit'],
                options: units.map((value) => ({ value, words: [value, ''] })),
              },
            ]}
          />
          <List
            caption={[`单位：${units.length} 个`, 'Units, with their people by role']}
            none={['还没有单位，请先导入人员库', 'No unit yet: import the people first']}
            rows={units.filter((one) => unit === '' || one === unit)}
            keyOf={(one) => one}
            columns={[
              {
                words: ['所在部门', 'Unit'],
                cell: (one) => <a href={`${path}?${new URLSearchParams({ unit: one }).toString()}`}>{one}</a>,
              },
              {
                words: ['人数', 'People'],
                cell: (one) =>
                  PersonRole.options
                    .map((value) => ({
                      value,
                      count: everybody.filter((person) => person.unit === one && person.role === value)
                        .length,
                    }))
                    .filter(({ count }) => count > 0)
                    .map(({ value, count }) => `${personRoleLabels[value]} ${count}`)
                    .join('，'),
              },
            ]}
          />
          <List
            caption={[`人员：${asked.length} 人`, 'People']}
            none={['没有符合条件的人员', 'Nobody fits']}
            rows={asked}
            keyOf={({ staffNo }) => staffNo}
            columns={[
              { words: ['工号', 'Staff number'], cell: ({ staffNo }) => staffNo },
              { words: ['姓名', 'Name'], cell: ({ name }) => name },
              { words: ['角色', 'Role'], cell: (person) => personRoleLabels[person.role] },
              { words: ['所在部门', 'Unit'], cell: (person) => person.unit },
              { words: ['邮箱', 'Mail'], cell: ({ email }) => email ?? '' },
            ]}
          />
          <p>
            <a href="/console/libraries/people">导入或导出人员库 Import or export the people</a>
          </p>
        </>
      ),
    };
  },
};

export const peoplePages: readonly Page[] = [people];
