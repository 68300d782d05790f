import fc from 'fast-check';
import { marksIn } from '@/stores/messages/kinds/text-marks';

/** SEED=n plays the same texts again. */
const SEED = Number(process.env.SEED ?? 14);

interface Linkify {
  add(schema: string, definition: null): Linkify;
  match(text: string): { raw: string; schema: string }[] | null;
}

const { LinkifyIt } = jest.requireActual<{ LinkifyIt: new (options: object) => Linkify }>(
  'linkify-it',
);

// ftp: and // are links for linkify-it, and never for this app.
const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true })
  .add('ftp:', null)
  .add('//', null);

interface Found {
  type: string;
  text: string;
}

function ours(text: string): Found[] {
  return marksIn(text)
    .filter(({ type }) => type !== 'phone')
    .map(({ type, start, end }) => ({ type, text: text.slice(start, end) }));
}

function theirs(text: string): Found[] {
  return (linkify.match(text) ?? []).map(({ raw, schema }) =>
    schema === 'mailto:'
      ? { type: 'mail', text: raw.replace(/^mailto:/i, '') }
      : { type: 'link', text: raw },
  );
}

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,4})?$/);
const host = fc
  .tuple(
    fc.array(label, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('com', 'cn', 'net', 'org', 'io'),
  )
  .map(([labels, domain]) => [...labels, domain].join('.'));
const segment = fc
  .stringMatching(/^[A-Za-z0-9_~%&=+$-]{1,8}$/)
  .filter((text) => !/--|-$/.test(text));
const path = fc
  .tuple(
    fc.array(segment, { maxLength: 3 }),
    fc.option(segment),
    fc.option(segment),
    fc.option(segment),
  )
  .map(([segments, bracket, query, fragment]) =>
    [
      ...segments.map((one) => `/${one}`),
      bracket && segments.length > 0 ? `(${bracket})` : '',
      query ? `/?${query}` : '',
      fragment && (query || segments.length > 0) ? `#${fragment}` : '',
    ].join(''),
  );
const port = fc
  .option(fc.integer({ min: 1, max: 65_535 }))
  .map((number) => (number ? `:${number}` : ''));
const link = fc.oneof(
  fc
    .tuple(fc.constantFrom('http://', 'https://', 'HTTPS://'), host, port, path)
    .map((parts) => parts.join('')),
  fc.tuple(host, path).map((parts) => parts.join('')),
);
const mail = fc
  .tuple(fc.stringMatching(/^[a-z][a-z0-9]{0,5}([.+-][a-z0-9]{1,5})?$/), host)
  .map(([name, at]) => `${name}@${at}`);
const before = fc.constantFrom('', ' ', '看 ', '(', '"', '<', '\n');
const after = fc.constantFrom(
  '',
  ' ',
  ' 吧',
  ')',
  '"',
  '>',
  '.',
  ',',
  '!',
  '?',
  '...',
  '\n',
  '。',
  '，',
);
const word = fc
  .oneof(link, mail, fc.constantFrom('hello', '12:30', 'a/b', '3.5', 'README.md'))
  .chain((text) => fc.tuple(before, after).map(([left, right]) => `${left}${text}${right}`));
const sentence = fc.array(word, { maxLength: 5 }).map((words) => words.join(' '));

/**
 * Differences that are wanted: full-width punctuation and Chinese letters end a link here (and belong to the path for
 * linkify-it), and hosts of files (README.md) are no links.
 */
const withoutDifferences = (text: string) =>
  text.replace(/[。，]/g, ' ').replace(/README\.md/g, 'README');

test(`marks the links and mail addresses that linkify-it marks (SEED=${SEED})`, () => {
  fc.assert(
    fc.property(sentence, (given) => {
      const text = withoutDifferences(given);
      expect(ours(text)).toEqual(theirs(text));
    }),
    { seed: SEED, numRuns: 3000 },
  );
});

test.each([
  ['Chinese after a link', 'https://a.com/b这里', ['https://a.com/b'], ['https://a.com/b这里']],
  ['Chinese before a host', '去baidu.com', ['baidu.com'], ['去baidu.com']],
  ['the name of a file', 'README.md', [], ['README.md']],
  ['the end of a sentence', 'done.Me too', [], ['done.Me']],
  ['a new domain', 'a.app', ['a.app'], []],
  ['Chinese hosts', 'https://例子.cn', [], ['https://例子.cn']],
  ['a port without http', 'a.com:80', ['a.com:80'], []],
])('differs from linkify-it about %s', (_what, text, mine, others) => {
  expect(ours(text).map((one) => one.text)).toEqual(mine);
  expect(theirs(text).map((one) => one.text)).toEqual(others);
});
