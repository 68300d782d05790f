import type { Reason } from '../../src/connection/reasons';

/** Areas of codes; a code belongs to the first area whose range contains it. */
const AREAS: readonly (readonly [title: string, from: number, to: number])[] = [
  ['Sign-in and link (numbers of the protocol)', 0, 99_999],
  ['Meeting kits', 100_000, 100_999],
  ['App key', 101_000, 101_999],
  ['Accounts and friends', 102_000, 104_999],
  ['Messages', 105_000, 107_999],
  ['Groups', 108_000, 109_999],
  ['Meetings on a shared sign-in', 112_000, 112_999],
  ['Chatrooms', 113_000, 114_999],
  ['Calls', 118_000, 118_999],
  ['The SDK itself', 189_000, 199_999],
  ["WeChat's and this client's own", 600_000, 609_999],
];

const HEAD = `# Error codes

The codes that the client shows, handles or throws. \`npm run errors\` makes this file from \`src/connection/reasons.ts\`;
change the table there ([how-to](how-to/error-code.md)). Codes below 600000 are Yunxin's (the first number of a pair such as 302 and 102302 is the
protocol's, the second the V2 API's), 600002 is WeChat's, the rest of 600000 to 600999 is this client's own. The
numbers of \`npm run upload\` and its like are in [upload.md](upload.md#problems).

"Tried again" describes the effect of a code that ends a sign-in, a link or a visit to a room: *yes* means an automatic
retry, *no* means a final state until the user acts. For a single call, such as the recall of a message, the column says
whether the same call may succeed later. A code without a row is shown as "Something went wrong (code)" and tried
again.
`;

/** The text of docs/errors.md: a table for each area, ordered by code. */
export function errorCatalogue(reasons: readonly Reason[]): string {
  const tables = AREAS.map(([title, from, to]) => {
    const rows = reasons
      .filter(({ code }) => code >= from && code <= to)
      .sort((a, b) => a.code - b.code)
      .map(lineOf);
    return `## ${title}\n\n| code | the user sees | tried again | cause | what to do |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return [HEAD, ...tables].join('\n');
}

function lineOf({ code, retry, text, cause, fix }: Reason): string {
  return `| ${code} | ${text.zh}<br>${text.en} | ${retry ? 'yes' : 'no'} | ${cause} | ${fix === 'None' ? '–' : fix} |`;
}
