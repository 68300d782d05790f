import type { Reason } from '../../src/connection/reasons';
import { CAUSES_ZH } from './error-causes-zh';

/** Areas of codes; a code belongs to the first area whose range contains it. */
const AREAS: readonly (readonly [titles: Titles, from: number, to: number])[] = [
  [
    { en: 'Sign-in and link (numbers of the protocol)', zh: '登录与 link（协议的编号）' },
    0,
    99_999,
  ],
  [{ en: 'Meeting kits', zh: '会议组件' }, 100_000, 100_999],
  [{ en: 'App key', zh: 'App Key' }, 101_000, 101_999],
  [{ en: 'Accounts and friends', zh: '账号与好友' }, 102_000, 104_999],
  [{ en: 'Messages', zh: '消息' }, 105_000, 107_999],
  [{ en: 'Groups', zh: '群组' }, 108_000, 109_999],
  [{ en: 'Meetings on a shared sign-in', zh: '共用登录的会议' }, 112_000, 112_999],
  [{ en: 'Chatrooms', zh: '聊天室' }, 113_000, 114_999],
  [{ en: 'Calls', zh: '通话' }, 118_000, 118_999],
  [{ en: 'The SDK itself', zh: 'SDK 自身' }, 189_000, 199_999],
  [{ en: "WeChat's and this client's own", zh: '微信与本客户端自己的' }, 600_000, 609_999],
];

type CatalogueLanguage = 'en' | 'zh';
type Titles = Readonly<Record<CatalogueLanguage, string>>;

const HEAD: Titles = {
  en: `# Error codes

The codes that the client shows, handles or throws. \`npm run errors\` makes this file from \`src/connection/reasons.ts\`;
change the table there ([how-to](how-to/error-code.md)). Codes below 600000 are Yunxin's (the first number of a pair such as 302 and 102302 is the
protocol's, the second the V2 API's), 600002 is WeChat's, the rest of 600000 to 600999 is this client's own. The
numbers of \`npm run upload\` and its like are in [upload.md](upload.md#problems).

"Tried again" describes the effect of a code that ends a sign-in, a link or a visit to a room: *yes* means an automatic
retry, *no* means a final state until the user acts. For a single call, such as the recall of a message, the column says
whether the same call may succeed later. A code without a row is shown as "Something went wrong (code)" and tried
again.
`,
  zh: `# 错误码

客户端会显示、处理或抛出的错误码。\`npm run errors\` 由 \`src/connection/reasons.ts\` 生成本文件；请在那里修改表格（[操作指南](how-to/error-code.md)）。
小于 600000 的码是云信的（成对的码，例如 302 和 102302，前者是协议的，后者是 V2 API 的），600002 是微信的，600000 到 600999 中其余的是本客户端自己的。
\`npm run upload\` 等命令的编号见 [upload.md](upload.md#问题)。

“重试”说明结束一次登录、一条 link 或一次进入聊天室的码有何后果：*是*表示自动重试，*否*表示最终状态，直到用户操作。对于单次调用，例如撤回一条消息，
该列说明同样的调用以后能否成功。不在表中的码显示为“出错了（码）”并会重试。
`,
};

const COLUMNS: Titles = {
  en: '| code | the user sees | tried again | cause | what to do |',
  zh: '| 码 | 用户看到的 | 重试 | 原因 | 解决办法 |',
};

/** The text of docs/errors.md, or of docs/zh-CN/errors.md: a table for each area, ordered by code. */
export function errorCatalogue(
  reasons: readonly Reason[],
  language: CatalogueLanguage = 'en',
): string {
  const tables = AREAS.map(([titles, from, to]) => {
    const rows = reasons
      .filter(({ code }) => code >= from && code <= to)
      .sort((a, b) => a.code - b.code)
      .map((reason) => lineOf(reason, language));
    return `## ${titles[language]}\n\n${COLUMNS[language]}\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return [HEAD[language], ...tables].join('\n');
}

function lineOf(reason: Reason, language: CatalogueLanguage): string {
  const { code, retry, text } = reason;
  const [yes, no] = language === 'en' ? ['yes', 'no'] : ['是', '否'];
  const [cause = '', fix] =
    language === 'en'
      ? [reason.cause, reason.fix === 'None' ? undefined : reason.fix]
      : (CAUSES_ZH[code] ?? []);
  return `| ${code} | ${text.zh}<br>${text.en} | ${retry ? yes : no} | ${cause} | ${fix ?? '–'} |`;
}
