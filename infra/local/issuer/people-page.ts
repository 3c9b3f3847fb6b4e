import type { Person } from '../options.ts';

/** The page on which one picks who to be: one of each role on top, all others below. */
export function peoplePage(people: readonly Person[]): string {
  const first = people.filter(
    ({ role }, at) => role !== undefined && people.findIndex((one) => one.role === role) === at,
  );
  const others = people.filter((person) => !first.includes(person));
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>选择身份 · 本机登录</title><style>
body{font:1rem/1.6 system-ui,"Noto Sans CJK SC",sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;color:#1c2430}
button{font:inherit;display:block;width:100%;text-align:left;padding:.7rem 1rem;margin:.4rem 0;border:1px solid #7b8794;border-radius:.4rem;background:#fff;min-height:2.75rem}
button:hover{background:#f4f6f9}small{color:#55606e}summary{padding:.6rem 0}
</style></head><body><h1>选择身份 Who are you?</h1>
<p>本机演示，无需密码。<small lang="en">This machine only; there is no password.</small></p>
<form method="post">${first.map(button).join('')}${
    others.length === 0
      ? ''
      : `<details><summary>其他人员 Others (${others.length})</summary>${others.map(button).join('')}</details>`
  }</form></body></html>`;
}

function button({ id, name, role, unit }: Person): string {
  const about = [role, unit, id].filter((text) => text !== undefined).map(escaped);
  return `<button name="person" value="${escaped(id)}">${escaped(name)} <small>${about.join(' · ')}</small></button>`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
