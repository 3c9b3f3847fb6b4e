import * as z from 'zod';
import { PersonRole, type Person } from '#domain/person/person.ts';
import { Instant } from '#domain/time/time.ts';
import { isAddressOf, isNamedAddress, isOwnMachine } from './address.ts';

export const ChannelId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,31}$/, 'lower-case letters, digits and hyphens, e.g. mail or wecom-market');
export type ChannelId = z.infer<typeof ChannelId>;

/** The hosts at which each vendor takes what robots are told to say. */
const ROBOT_HOSTS = {
  wecom: ['qyapi.weixin.qq.com'],
  dingtalk: ['oapi.dingtalk.com'],
  feishu: ['open.feishu.cn', 'open.larksuite.com'],
} as const;

const robotUrl = (kind: keyof typeof ROBOT_HOSTS) =>
  z
    .string()
    .max(500)
    .refine((url) => isAddressOf(ROBOT_HOSTS[kind], url), {
      error: `须为 https://${ROBOT_HOSTS[kind][0]}/… 的机器人地址 the robot's address at ${ROBOT_HOSTS[kind].join(' or ')} by https (http on this machine only)`,
    });
const RobotSecret = z.string().trim().min(1).max(200);

const Mail = z
  .strictObject({
    kind: z.literal('mail'),
    host: z.string().regex(/^[A-Za-z0-9.-]{1,253}$/, "the mail server's host name"),
    port: z.int().min(1).max(65_535),
    /** `implicit` from the first byte (465), `starttls` before anything is said (587, 25), `none` on this machine only. */
    tls: z.enum(['implicit', 'starttls', 'none']),
    user: z.string().min(1).max(200).optional(),
    password: z.string().min(1).max(500).optional(),
    from: z.email('邮箱地址格式不对 an e-mail address'),
  })
  .refine(({ tls, host }) => tls !== 'none' || isOwnMachine(host), {
    path: ['tls'],
    error: '不加密只能用于本机 without encryption only on this machine',
  })
  .refine(({ user, password }) => (user === undefined) === (password === undefined), {
    path: ['password'],
    error: '用户名与密码须同时填写 user and password come together',
  });

/** Where messages of one kind go and how they are authenticated. Whoever knows a robot's address can speak in its group: it is as secret as the keys. */
export const ChannelSettings = z.discriminatedUnion('kind', [
  Mail,
  z.strictObject({ kind: z.literal('wecom'), url: robotUrl('wecom') }),
  z.strictObject({ kind: z.literal('dingtalk'), url: robotUrl('dingtalk'), secret: RobotSecret }),
  z.strictObject({ kind: z.literal('feishu'), url: robotUrl('feishu'), secret: RobotSecret }),
  z.strictObject({
    kind: z.literal('webhook'),
    url: z.string().max(500).refine(isNamedAddress, {
      error: '须为带域名的 https 地址 an https address with a host name (http on this machine only)',
    }),
    /** 24 to 64 bytes in base64 after the prefix, as Standard Webhooks asks. */
    secret: z.string().regex(/^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/, 'whsec_ and 24 to 64 bytes in base64'),
  }),
]);
export type ChannelSettings = z.infer<typeof ChannelSettings>;
export type ChannelKind = ChannelSettings['kind'];
/** The settings of one kind of channel. */
export type SettingsOf<K extends ChannelKind> = Extract<ChannelSettings, { readonly kind: K }>;

/** What an administrator says of a channel. */
export const ChannelBody = z.strictObject({
  name: z.string().trim().min(1).max(100),
  enabled: z.boolean().default(true),
  /** Whose messages go this way: those who hold one of the roles and belong to one of the units; an empty list leaves nobody out. A robot speaks to a group, which need not hear what others are told. */
  audience: z
    .strictObject({
      roles: z.array(PersonRole).max(6).default([]),
      units: z.array(z.string().trim().min(1).max(100)).max(200).default([]),
    })
    .prefault({}),
  settings: ChannelSettings,
});
export type ChannelBody = z.infer<typeof ChannelBody>;

/** A way by which messages reach people outside their inbox. */
export const Channel = ChannelBody.extend({
  id: ChannelId,
  version: z.int().positive(),
  setAt: Instant,
}).strip();
export type Channel = z.infer<typeof Channel>;

/** Whether a person's messages go this way. E-mail takes an address. */
export function addresses(
  { enabled, audience: { roles, units }, settings }: Channel,
  { role, unit, email }: Pick<Person, 'role' | 'unit' | 'email'>,
): boolean {
  return (
    enabled &&
    (roles.length === 0 || roles.includes(role)) &&
    (units.length === 0 || units.includes(unit)) &&
    (settings.kind !== 'mail' || email !== undefined)
  );
}

/**
 * Whether the receiver itself tells a second copy from another message: a receiver of Standard Webhooks does, by the message's
 * id. A mail server and a robot take whatever comes.
 */
export function deduplicates({ settings }: Channel): boolean {
  return settings.kind === 'webhook';
}

/** The channel as an administrator may see it: no address of a robot, no key, no password. */
export const ChannelView = Channel.extend({
  settings: z.strictObject({
    kind: z.enum(['mail', 'wecom', 'dingtalk', 'feishu', 'webhook']),
    host: z.string(),
    port: Mail.shape.port.optional(),
    tls: Mail.shape.tls.optional(),
    from: Mail.shape.from.optional(),
  }),
}).strict();
export type ChannelView = z.infer<typeof ChannelView>;

export function withoutSecrets({
  id,
  version,
  name,
  enabled,
  audience,
  settings,
  setAt,
}: Channel): ChannelView {
  const shown =
    settings.kind === 'mail'
      ? { host: settings.host, port: settings.port, tls: settings.tls, from: settings.from }
      : { host: new URL(settings.url).host };
  return { id, version, name, enabled, audience, settings: { kind: settings.kind, ...shown }, setAt };
}
