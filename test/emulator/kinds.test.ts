import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { V2NIMMessage } from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMMessageService';
import { MessageType } from '../../emulator';
import type { TestClient } from './support/client';
import { until, useStage } from './support/stage';

const CONVERSATIONS = [
  ['a chat of two', 'p2p', 1],
  ['a team', 'team', 2],
  ['a super team', 'superTeam', 3],
] as const;

describe.each(CONVERSATIONS)('every kind in %s', (_name, type, conversationType) => {
  const stage = useStage();
  const folder = mkdtempSync(path.join(tmpdir(), 'emulator-kinds-'));
  let teamId: string;

  beforeEach(() => {
    if (type === 'p2p') return;
    const team = { kind: type, name: 'T', owner: 'ann', members: ['ben', 'cid'] };
    ({ teamId } = stage.emulator.teams.create(team));
  });
  afterEach(() => {
    expect(stage.emulator.unimplemented).toEqual([]);
  });

  const targetOf = (client: TestClient): string => {
    const peer = client.accountId === 'ann' ? 'ben' : 'ann';
    return `${client.accountId}|${conversationType}|${type === 'p2p' ? peer : teamId}`;
  };
  const fileOf = (name: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, name.repeat(50));
    return file;
  };

  const createAll = ({ nim }: TestClient): V2NIMMessage[] => {
    const creator = nim.V2NIMMessageCreator;
    return [
      creator.createTextMessage('words [大笑]'),
      creator.createImageMessage(fileOf('a.png'), 'a.png', undefined, 30, 20),
      creator.createAudioMessage(fileOf('b.aac'), 'b.aac', undefined, 4000),
      creator.createVideoMessage(fileOf('c.mp4'), 'c.mp4', undefined, 5000, 640, 360),
      creator.createFileMessage(fileOf('d.pdf'), 'd.pdf'),
      creator.createLocationMessage(30.2, 120.1, 'Hangzhou'),
      creator.createTipsMessage('a tip'),
      creator.createCustomMessage('card', JSON.stringify({ type: 101, data: { depth: 1 } })),
    ];
  };
  /** Fields of `createAll` that every receiver must see, in the same order. */
  const EXPECTED = [
    { messageType: MessageType.text, text: 'words [大笑]' },
    { messageType: MessageType.image, attachment: { width: 30, height: 20, name: 'a.png' } },
    { messageType: MessageType.audio, attachment: { duration: 4000, ext: '.aac' } },
    { messageType: MessageType.video, attachment: { duration: 5000, width: 640, height: 360 } },
    { messageType: MessageType.file, attachment: { name: 'd.pdf', ext: '.pdf', size: 250 } },
    {
      messageType: MessageType.location,
      attachment: { latitude: 30.2, longitude: 120.1, address: 'Hangzhou' },
    },
    { messageType: MessageType.tip, text: 'a tip' },
    {
      messageType: MessageType.custom,
      attachment: { raw: JSON.stringify({ type: 101, data: { depth: 1 } }) },
    },
  ];

  const historyOf = (client: TestClient): Promise<V2NIMMessage[]> =>
    client.nim.V2NIMMessageService.getMessageList({
      conversationId: targetOf(client),
      limit: 50,
      direction: 1,
    } as never);

  test("reaches receivers, the sender's other client, the history and a later sign-in", async () => {
    const ann = await stage.online('ann');
    const tablet = await stage.online('ann');
    const ben = await stage.online('ben');
    const others = type === 'p2p' ? [] : [await stage.online('cid')];
    for (const message of createAll(ann)) {
      await ann.nim.V2NIMMessageService.sendMessage(message, targetOf(ann));
    }
    for (const client of [ben, tablet, ...others]) {
      await until(() => client.received().length === EXPECTED.length, 'all messages arrive');
      expect(client.received()).toMatchObject(EXPECTED);
      expect(await historyOf(client)).toMatchObject(EXPECTED);
    }
    const later = await stage.online('ben');
    await until(() => later.received().length === EXPECTED.length, 'all messages roam');
    const inOrder = later.received().sort((a, b) => a.createTime - b.createTime);
    expect(inOrder).toMatchObject(EXPECTED);
    const urls = later
      .received()
      .map(({ attachment }) => (attachment as { url?: string } | undefined)?.url)
      .filter((url) => url !== undefined);
    for (const url of urls) expect((await fetch(url)).status).toBe(200);
    expect(urls).toHaveLength(4);
    expect(stage.emulator.storage.objects()).toHaveLength(4);
  });

  test("written by the server: a robot's answer, an unknown type, a broken attachment", async () => {
    const ben = await stage.online('ben');
    const to = type === 'p2p' ? 'ben' : teamId;
    const { world } = stage.emulator;
    const robot = { msg: { message: [{ content: 'I am a robot' }] }, robotAccid: 'robot' };
    const messages = [
      { messageType: MessageType.robot, attachment: JSON.stringify(robot) },
      { messageType: 77, attachment: '{"new":true}', text: 'from the future' },
      { messageType: MessageType.image, attachment: '{"broken' },
      { messageType: MessageType.image, attachment: '{"w":-1,"h":"x","url":7}' },
    ];
    for (const message of messages) world.sendMessage({ type, from: 'ann', to, ...message });
    await until(() => ben.received().length === messages.length, 'all messages arrive');
    expect(ben.received().map(({ messageType }) => messageType)).toEqual([
      MessageType.robot,
      77,
      MessageType.image,
      MessageType.image,
    ]);
    expect(await historyOf(ben)).toHaveLength(messages.length);
  });
});
