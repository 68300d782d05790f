import { WebSocket } from 'ws';
import { createClient, disposeClients } from './support/client';
import { seededRandom } from '../../emulator/faults/random';
import { startEmulator } from '../../emulator';
import { until, useStage } from './support/stage';

describe('malformed input of a client', () => {
  const printed: string[] = [];
  const stage = useStage({ print: (line) => printed.push(line) });
  beforeEach(() => {
    printed.length = 0;
  });

  async function rawLogin(): Promise<{ socket: WebSocket; answers: string[] }> {
    const { url, appkey } = stage.emulator;
    const handshake = await fetch(`${url}/socket.io/1/?t=1`);
    const sid = (await handshake.text()).split(':')[0];
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/1/websocket/${sid}`);
    const answers: string[] = [];
    socket.on('message', (data) => answers.push(String(data)));
    await until(() => answers.includes('1::'), 'connected');
    const tags = { 18: appkey, 19: 'ann', 13: 'raw', 115: 0, 1000: 'token-ann', 3: 16 };
    const login = { SER: 1, SID: 26, CID: 3, Q: [{ t: 'Property', v: tags }] };
    socket.send(`3:::${JSON.stringify(login)}`);
    await until(() => answers.length === 2, 'signed in');
    return { socket, answers };
  }

  const COMMANDS = [
    ...['26_3', '26_5', '26_8', '36_1', '35_1', '35_2', '35_3', '35_4', '30_6', '31_23', '33_2'],
    ...['30_1', '31_2', '4_5', '6_23', '6_2', '6_26', '6_27', '30_7', '7_16', '7_25', '30_16'],
    ...['30_11', '33_12', '33_13', '30_13', '30_23', '30_24', '30_18', '27_1', '28_19', '31_9'],
    ...['31_34', '31_35', '31_36', '34_7', '3_7', '34_10', '34_3', '34_5', '1_2'],
  ];
  const RUBBISH: readonly unknown[] = [
    null,
    undefined,
    [],
    {},
    'x',
    -1,
    Number.MAX_VALUE,
    true,
    { t: 'Property', v: null },
    { t: 'Property', v: { 1: { deep: [] }, 0: [], 7: '__proto__', 12: 'constructor' } },
    { t: 'ArrayMable', v: [null, 1, 'x', { t: 'Property', v: 3 }] },
    { t: 'StrArray', v: ['__proto__', 'toString', 5, null] },
    { t: 'String', v: '__proto__' },
    { t: 'Long', v: '99999999999999999999' },
  ];

  test('the emulator answers every command and reports no defect', async () => {
    const random = seededRandom(11);
    const pick = (): unknown => RUBBISH[Math.floor(random() * RUBBISH.length)];
    const { socket, answers } = await rawLogin();
    let ser = 100;
    for (let round = 0; round < 15; round += 1) {
      for (const command of COMMANDS) {
        if (command === '26_5' || command === '26_3') continue;
        const [SID, CID] = command.split('_').map(Number);
        ser += 1;
        socket.send(`3:::${JSON.stringify({ SER: ser, SID, CID, Q: [pick(), pick(), pick()] })}`);
      }
    }
    socket.send('3:::{"SER":9999,"SID":6,"CID":23,"Q":[]}');
    await until(() => answers.some((answer) => answer.includes('"ser":9999')), 'still answering');
    expect(printed.filter((line) => line.startsWith('defect'))).toEqual([]);
    socket.terminate();
  });

  test('unreadable frames, binary frames and commands before login do no harm', async () => {
    const { socket, answers } = await rawLogin();
    for (const frame of ['', 'x', '9:::', '3:::', '3:::{', '3:::[]', '3:::{"SID":{}}', '5:::x']) {
      socket.send(frame);
    }
    socket.send(Buffer.from([0, 1, 2, 255]));
    socket.send('3:::{"SER":9999,"SID":6,"CID":23,"Q":[]}');
    await until(() => answers.some((answer) => answer.includes('"ser":9999')), 'still answering');
    expect(stage.emulator.log.counters.unreadable).toBeGreaterThan(0);
    socket.terminate();
  });

  test('commands without login are refused with 403', async () => {
    const { url } = stage.emulator;
    const sid = (await (await fetch(`${url}/socket.io/1/?t=1`)).text()).split(':')[0];
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/1/websocket/${sid}`);
    const answers: string[] = [];
    socket.on('message', (data) => answers.push(String(data)));
    await until(() => answers.length === 1, 'connected');
    socket.send('3:::{"SER":1,"SID":30,"CID":6,"Q":[]}');
    await until(() => answers.length === 2, 'answered');
    expect(answers[1]).toContain('"code":403');
    socket.terminate();
  });

  test('a handshake id opens a single socket', async () => {
    const { url } = stage.emulator;
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/1/websocket/made-up`);
    const error = await new Promise<Error>((resolve) => socket.on('error', resolve));
    expect(error.message).toContain('404');
  });

  test('a command that is not implemented is refused with 501 and logged once', async () => {
    const { socket, answers } = await rawLogin();
    socket.send('3:::{"SER":5,"SID":33,"CID":99,"Q":[]}');
    socket.send('3:::{"SER":6,"SID":33,"CID":99,"Q":[]}');
    await until(() => answers.length === 4, 'answered');
    expect(JSON.parse(answers[3]?.slice(4) ?? '')).toEqual({
      sid: 33,
      cid: 99,
      ser: 6,
      code: 501,
      r: [],
    });
    expect(stage.emulator.unimplemented).toEqual(['33_99']);
    expect(printed).toEqual(['unimplemented 33_99']);
    socket.terminate();
  });
});

describe('closing', () => {
  test('is quick with open links, hanging requests and half-open sockets', async () => {
    const emulator = await startEmulator({ world: 'empty' });
    emulator.world.addAccount({ accountId: 'ann' });
    const ann = createClient(emulator, 'ann');
    await ann.login();
    emulator.faults.halfOpen();
    emulator.faults.add({ kind: 'lbs', how: 'hang' });
    const hanging = fetch(emulator.lbsUrl).catch(() => 'cut');
    await until(() => emulator.log.counters.lbsRequests === 2, 'the request hangs');
    const start = Date.now();
    await emulator.close();
    expect(Date.now() - start).toBeLessThan(500);
    expect(await hanging).toBe('cut');
    await expect(fetch(emulator.url)).rejects.toThrow();
    await disposeClients();
  });

  test('twice is harmless', async () => {
    const emulator = await startEmulator({ world: 'empty' });
    await Promise.all([emulator.close(), emulator.close()]);
  });

  test('two emulators are independent of each other', async () => {
    const [one, two] = await Promise.all([
      startEmulator({ world: 'empty' }),
      startEmulator({ world: 'empty' }),
    ]);
    one.world.addAccount({ accountId: 'ann' });
    expect(two.accounts).toEqual([]);
    expect(one.linkUrl).not.toBe(two.linkUrl);
    await Promise.all([one.close(), two.close()]);
  });
});
