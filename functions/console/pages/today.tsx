import { EVERYBODY, type Asked, type Page } from '#console/kit/page.ts';
import { Facts } from '#console/kit/list.tsx';
import { personRoleLabels } from '#domain/person/person.ts';

/** What is to be done today, by whoever is signed in. */
export const today: Page = {
  path: '',
  roles: EVERYBODY,
  nav: { group: 'work', words: ['今日', 'Today'] },
  show: async ({ api }: Asked) => {
    const me = await api.call('GET /me');
    return {
      title: '今日工作',
      content: (
        <Facts
          facts={[
            { words: ['姓名', 'Name'], value: me.name },
            { words: ['岗位', 'Role'], value: personRoleLabels[me.role] },
            { words: ['单位', 'Unit'], value: me.unit },
          ]}
        />
      ),
    };
  },
};
