import { beaconValueOf } from './beacon.ts';
import { refuseWrongState } from '#domain/lifecycle/lifecycle.ts';
import { Refusal } from '#domain/refusal/refusal.ts';
import type { Instant } from '#domain/time/time.ts';
import { drawLifecycle } from './lifecycle.ts';
import type { BeaconEntry, Draw } from './draw.ts';

/** What people do to a draw. Everything else follows by itself from what was done before. */
export type DrawCommand =
  | { readonly kind: 'approve'; readonly at: Instant }
  /** Tries again to commit, after no beacon could be had. */
  | { readonly kind: 'freeze' }
  /** Draws the inspectors again, after there were too few. */
  | { readonly kind: 'match' }
  | { readonly kind: 'enter-beacon'; readonly at: Instant; readonly by: string; readonly value: string }
  | { readonly kind: 'void'; readonly at: Instant; readonly reason: string }
  /** Makes another draw instead of this voided one. */
  | { readonly kind: 'replace'; readonly by: string };
export type DrawCommandKind = DrawCommand['kind'];

/**
 * The draw after a command (article 7(1), 7(2)).
 * @throws Refusal `wrong-state` naming the state and those that would be accepted, `beacon-not-entered`, `beacon-early`,
 *   `beacon-value`, `replaced-already`
 */
export function decideDraw(draw: Draw, command: DrawCommand): Draw {
  refuseWrongState(drawLifecycle, command.kind, draw);
  return { ...evolve(draw, command), version: draw.version + 1 };
}

function evolve(draw: Draw, command: DrawCommand): Draw {
  switch (command.kind) {
    case 'approve':
      return { ...draw, status: 'approved', approvedAt: command.at };
    case 'freeze': {
      if (draw.unbeaconed === undefined) {
        throw wrongState(draw, 'freeze', 'approved without a beacon 已批准而无可用信标');
      }
      const { unbeaconed: _, ...rest } = draw;
      return rest;
    }
    case 'match': {
      if (draw.unstaffed === undefined) {
        throw wrongState(draw, 'match', 'drawn and unstaffed 已抽取而无法匹配人员');
      }
      const { unstaffed: _, ...rest } = draw;
      return rest;
    }
    case 'enter-beacon':
      return enterBeacon(draw, command);
    case 'void':
      return { ...draw, status: 'voided', voided: { at: command.at, reason: command.reason } };
    case 'replace':
      return replace(draw, command.by);
  }
}

function replace(draw: Draw, by: string): Draw {
  if (draw.replacedBy !== undefined) {
    throw new Refusal(
      'replaced-already',
      `${draw.id} 已由 ${draw.replacedBy} 重新抽取 was drawn again as ${draw.replacedBy}; void that one to draw once more.`,
    );
  }
  return { ...draw, replacedBy: by };
}

/**
 * Takes down what a person says that the announced source published (RFC 3797). Two different people have to say the same,
 * so that neither a slip of the pen nor one person's wish decides the draw; whoever made a slip says it again.
 */
function enterBeacon(
  draw: Draw,
  entered: { readonly at: Instant; readonly by: string; readonly value: string },
): Draw {
  const { awaited, committed } = draw;
  const beacon = committed?.commitment.beacon;
  if (awaited === undefined || beacon?.kind !== 'announced') {
    throw new Refusal(
      'beacon-not-entered',
      `${draw.id} 的随机信标为 ${beacon?.kind ?? '无'}，不由人工录入 The beacon of ${draw.id} is ${beacon?.kind ?? 'none'}; only the value of an announced source is entered by people.`,
    );
  }
  if (entered.at < awaited.readyAt) {
    throw new Refusal(
      'beacon-early',
      `“${beacon.source}”预定于 ${awaited.readyAt} 公布，此前不能录入 is expected at ${awaited.readyAt}; its value can't be known before.`,
    );
  }
  const value = beaconValueOf(beacon, entered.value);
  const entry: BeaconEntry = { by: entered.by, value, at: entered.at };
  const entries = [...awaited.entries.filter(({ by }) => by !== entered.by), entry];
  const agreed = entries.some(({ by, value: said }) => by !== entered.by && said === value);
  return agreed
    ? { ...draw, awaited: { ...awaited, entries }, arrived: { at: entered.at, value } }
    : { ...draw, awaited: { ...awaited, entries } };
}

function wrongState(draw: Draw, command: DrawCommandKind, accepted: string): Refusal {
  return new Refusal(
    'wrong-state',
    `${draw.id} 的状态为 ${draw.status}，${command} 须在 ${accepted} 状态进行 is ${draw.status}; ${command} is possible from ${accepted} only.`,
  );
}
