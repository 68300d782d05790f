import { WebSocket } from 'ws';
import { seededRandom } from '../../emulator/faults/random';
import { matchesTags } from '../../emulator/chatroom/tag-expression';
import { until, useStage } from './support/stage';

const COMMANDS = [
  ...['36_6', '36_9', '36_35', '36_36', '36_13', '36_14', '36_34', '13_33', '36_15', '36_16'],
  ...['36_17', '36_19', '36_30', '36_32', '36_37', '36_38', '36_39', '36_40', '36_41', '36_20'],
  ...['36_21', '36_22', '36_23', '36_24', '36_25', '36_26', '6_2', '6_22', '6_26', '6_27'],
  ...['6_23', '29_17', '1_2', '36_2'],
];

const RUBBISH: readonly unknown[] = [
  null,
  undefined,
  [],
  {},
  'x',
  -1,
  Number.MAX_VALUE,
  { t: 'Property', v: null },
  { t: 'Property', v: { 1: 'id', 2: 0, 13: 'text', 31: '{"and":[{}]}', 34: 'x', 37: '["a"]' } },
  { t: 'Property', v: { 1: '["red"]', 2: ['x'], 3: -1, 4: '__proto__', 5: {}, 6: 'no' } },
  { t: 'Property', v: { 1: { deep: [] }, 2: '__proto__', 3: [], 5: '9001', 18: '{' } },
  { t: 'StrArray', v: ['__proto__', 'toString', 5, null] },
  { t: 'StrStrMap', v: { a: 1, constructor: null } },
  { t: 'String', v: '__proto__' },
  { t: 'String', v: 'ben' },
  { t: 'Long', v: '99999999999999999999' },
];

describe('malformed input over a chatroom link', () => {
  const printed: string[] = [];
  const stage = useStage({ print: (line) => printed.push(line) });
  beforeEach(() => {
    printed.length = 0;
    stage.emulator.rooms.addRoom({ roomId: '9001', creatorAccountId: 'ann' });
  });

  async function connect(): Promise<{ socket: WebSocket; answers: string[] }> {
    const { url } = stage.emulator;
    const sid = (await (await fetch(`${url}/socket.io/1/?t=1`)).text()).split(':')[0];
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/1/websocket/${sid}`);
    const answers: string[] = [];
    socket.on('message', (data) => answers.push(String(data)));
    await until(() => answers.includes('1::'), 'connected');
    return { socket, answers };
  }

  const send = (socket: WebSocket, ser: number, command: string, Q: unknown[]) => {
    const [SID, CID] = command.split('_').map(Number);
    socket.send(`3:::${JSON.stringify({ SER: ser, SID, CID, Q })}`);
  };

  const answered = async (answers: string[], ser: number) => {
    await until(() => answers.some((one) => one.includes(`"ser":${ser},`)), `answer ${ser}`);
    return answers.find((one) => one.includes(`"ser":${ser},`)) ?? '';
  };

  test('every command gets an answer, and no defect is reported', async () => {
    const { socket, answers } = await connect();
    const { appkey } = stage.emulator;
    const room = { 1: appkey, 2: 'ann', 3: 'raw', 5: '9001', 8: 1 };
    send(socket, 1, '36_2', [
      1,
      { t: 'Property', v: room },
      { t: 'Property', v: { 1000: 'token-ann' } },
    ]);
    expect(await answered(answers, 1)).toContain('"code":200');
    const random = seededRandom(5);
    const pick = (): unknown => RUBBISH[Math.floor(random() * RUBBISH.length)];
    let ser = 100;
    for (let round = 0; round < 20; round += 1) {
      for (const command of COMMANDS) send(socket, ser++, command, [pick(), pick(), pick()]);
    }
    send(socket, 9999, '36_13', []);
    expect(await answered(answers, 9999)).toContain('"code":200');
    expect(printed).toEqual([]);
    socket.terminate();
  });

  test('commands of a client outside of the room are refused with 403', async () => {
    const { socket, answers } = await connect();
    send(socket, 1, '36_2', []);
    await answered(answers, 1);
    send(socket, 2, '36_6', [{ t: 'Property', v: { 1: 'id', 2: 0, 13: 'text' } }]);
    expect(await answered(answers, 2)).toContain('"code":403');
    expect(stage.emulator.rooms.messages('9001')).toEqual([]);
    socket.terminate();
  });
});

describe('a tag expression', () => {
  test.each([
    ['{"tag":"a"}', ['a'], true],
    ['{"tag":"a"}', ['b'], false],
    ['{"or":[{"tag":"a"},{"tag":"b"}]}', ['b'], true],
    ['{"and":[{"tag":"a"},{"tag":"b"}]}', ['b'], false],
    ['{"and":[{"tag":"a"},{"or":[{"tag":"b"},{"tag":"c"}]}]}', ['a', 'c'], true],
    ['{"not":{"tag":"a"}}', ['b'], true],
    ['a', ['a'], true],
    ['{"nonsense":1}', ['a'], false],
    ['null', ['a'], false],
  ])('%s of %j is %s', (expression, tags, expected) => {
    expect(matchesTags(expression, tags)).toBe(expected);
  });
});
