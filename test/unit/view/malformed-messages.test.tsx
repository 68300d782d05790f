import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { previewText } from '@/components/format/preview-text';
import { mediaItem } from '@/components/media/media-item';
import { MessageBody } from '@/components/message/message-body';
import { StoresProvider } from '@/components/page/stores-context';
import { appTexts } from '@/i18n';
import { MessageType } from '@/sdk/constants';
import type { V2NIMLastMessage, V2NIMMessage } from '@/sdk/types';
import type { RootStore } from '@/stores';
import { previewOf } from '@/stores/conversations/preview';
import { knownEntry } from '@/stores/messages/entry';
import { copyTextOf } from '@/stores/messages/kinds';
import { MessageRow } from '@/stores/messages/message-row';

jest.mock('@tarojs/taro', () => ({}));
jest.mock('@tarojs/components', () => ({ View: 'div', Image: 'img' }));

/** SEED=n plays the same messages again. */
const SEED = Number(process.env.SEED ?? 14);
const MESSAGES = 2000;

const nameOf = (id: string) => `<${id}>`;
const root = {
  settings: { language: 'en', isOn: () => false },
  account: {
    accountId: 'me',
    nameIn: (_conversationId: string, id: string) => nameOf(id),
    users: { get: () => ({}) },
    conversations: { conversationIdWith: (id: string) => `me|1|${id}` },
  },
} as unknown as RootStore;
const actions = { openMenu: () => undefined };
const t = appTexts('en');

const hostile = fc.constantFrom(
  '\u202egpj.exe',
  '\u200b\u200b',
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  '\ud83d',
  'x'.repeat(10_000),
  'y'.repeat(1_000_000),
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({ maxDepth: 2 }),
  hostile,
  fc.constantFrom(-1, 0, 1, 2, 9, 401, 1e300, -Infinity, NaN, '3', null, undefined),
);
/** Attachments of the right form with wrong fields. */
const fields = fc.record(
  {
    url: value,
    path: value,
    width: value,
    height: value,
    name: value,
    ext: value,
    size: value,
    address: value,
    latitude: fc.oneof(fc.double({ min: 0, max: 90 }), value),
    longitude: fc.oneof(fc.double({ min: 0, max: 180 }), value),
    type: fc.oneof(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 401, max: 412 }), value),
    status: fc.oneof(fc.integer({ min: 0, max: 6 }), value),
    durations: fc.oneof(
      fc.array(fc.record({ duration: value })),
      fc.constant(Array.from({ length: 200_000 }, () => ({ duration: 1 }))),
      value,
    ),
    targetIds: fc.oneof(fc.array(value), value),
    chatBanned: value,
    updatedTeamInfo: fc.oneof(
      fc.record({ name: value, announcement: value }),
      fc.record({ intro: value, joinMode: value, chatBannedMode: value }),
      value,
    ),
  },
  { requiredKeys: [] },
);
const json = fc.oneof(
  fc.json(),
  fc
    .record(
      {
        type: fc.constantFrom<unknown>('nameCard', 'order', 101, '101'),
        account: value,
        name: value,
        avatar: value,
        title: value,
        picture: value,
        price: value,
        url: value,
        data: fc.oneof(
          fc.record({
            url: fc.oneof(fc.constant('https://files.example/a.txt'), value),
            md5: value,
            depth: value,
            sessionName: value,
            abstracts: fc.oneof(
              fc.array(fc.record({ senderNick: value, userAccId: value, content: value })),
              value,
            ),
          }),
          value,
        ),
      },
      { requiredKeys: ['type'] },
    )
    .map((fields) =>
      JSON.stringify(fields, (_, each: unknown) => (typeof each === 'bigint' ? 0 : each)),
    ),
  fc.constantFrom('{', 'null', '[]', '{"type":7}', '{"type":"gift"}', '{"type":"like","count":-1}'),
);
const attachment: fc.Arbitrary<unknown> = fc.oneof(
  value,
  fields,
  json.map((raw) => ({ raw })),
);
const message = fc.record({
  messageType: fc.oneof(fc.constantFrom<number>(...Object.values(MessageType)), fc.integer()),
  text: value,
  attachment,
  serverExtension: value,
});

/** Whether every value in the content of a built-in kind is a text, a boolean or a number from 0 on. */
function isSound(content: unknown): boolean {
  if (typeof content === 'number') return Number.isFinite(content) && content >= 0;
  if (typeof content === 'object' && content !== null) return Object.values(content).every(isSound);
  return content === null || typeof content === 'string' || typeof content === 'boolean';
}

/** The body of a message as markup. */
function markupOf(row: MessageRow): string {
  return renderToStaticMarkup(
    <StoresProvider root={root}>
      <MessageBody row={row} actions={actions} />
    </StoresProvider>,
  );
}

test(`${MESSAGES} malformed messages are shown, previewed and copied as text (SEED=${SEED})`, () => {
  fc.assert(
    fc.property(message, (given) => {
      const whole = {
        messageClientId: 'm1',
        conversationId: 'me|1|ben',
        senderId: 'ben',
        isSelf: false,
        createTime: 1,
        ...given,
      } as unknown as V2NIMMessage;
      expect(mediaItem(whole, undefined)?.url).not.toBe('');
      const entry = knownEntry(whole, '1');
      const row = new MessageRow(entry);
      const markup = markupOf(row);
      expect(markup).not.toContain('<script');
      if (row.kind !== 'text' && !markup.includes('class="picture"'))
        expect(markup.replace(/<[^>]*>/g, '')).not.toBe('');
      if (row.kind !== 'custom') expect(isSound(row.content)).toBe(true);
      expect(typeof row.text).toBe('string');
      expect(['string', 'undefined']).toContain(typeof copyTextOf(entry));
      const last = { ...given, messageRefer: whole } as unknown as V2NIMLastMessage;
      const preview = previewOf(last);
      const shown = previewText(preview, { myAccountId: 'me', isP2p: true, nameOf }, t);
      expect(typeof shown).toBe('string');
      expect([...shown].length).toBeLessThanOrEqual(100);
    }),
    { seed: SEED, numRuns: MESSAGES },
  );
});
