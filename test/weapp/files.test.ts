import { BareRoom } from '../harness';
import { WxFailure } from '../wx/api';
import type { NodeHandle } from '../host';
import { type Phone, useWeapp } from './phone';

const LIST = 'pages/conversations/index';
const CALL = 'packages/call/index';
/** V2NIMMessageType. */
const LOCATION = 4;
const FILE = 6;
const CALL_RECORD = 12;

const stage = useWeapp();

type Fields = Record<string, unknown>;

/** Replaces functions of wx, and returns the arguments of their calls. */
function fake(phone: Phone, work: Record<string, (options: Fields) => unknown>): Fields[] {
  const calls: Fields[] = [];
  for (const [name, each] of Object.entries(work)) {
    const api = phone.wx.api(name, (options) => {
      calls.push({ api: name, ...options });
      return each(options);
    });
    phone.wx.install({ [name]: api });
  }
  return calls;
}

const answering =
  (answer: Fields = {}) =>
  () =>
    answer;
const failing = (reason: string, errno?: number) => () => {
  throw new WxFailure(reason, errno);
};

async function inChat(): Promise<Phone> {
  stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.host.waitForPage(LIST);
  await phone.openChat('本');
  await phone.bubble('在吗');
  return phone;
}

function receive(messageType: number, attachment: Fields, text = ''): void {
  stage.emulator.world.sendMessage({
    from: 'ben',
    to: 'anna',
    messageType,
    attachment: JSON.stringify(attachment),
    text,
  });
}

/** Ben sends a file whose object is on the upload host. */
async function receiveFile(phone: Phone, name: string, content = 'content'): Promise<NodeHandle> {
  const objectName = name.replace(/\W/g, '');
  stage.emulator.storage.put(objectName, { content: Buffer.from(content) });
  const url = `${stage.emulator.url}/nos/${objectName}`;
  receive(FILE, { name, url, size: content.length });
  return await phone.host.waitForNode({ className: 'file', text: new RegExp(name) });
}

const note = (phone: Phone, text: string | RegExp) =>
  phone.host.waitForNode({ className: 'f-note', text });
const toast = (phone: Phone, title: string) =>
  phone.host.waitFor(() => phone.wx.ui.toasts.find((each) => each.title === title), {
    what: `the toast "${title}"`,
  });
const count = (phone: Phone, calls: readonly Fields[], most: number) =>
  phone.host.waitFor(() => calls.length === most, { what: `${most} calls of WeChat` });

describe('a file in the built package', () => {
  it('is chosen from a conversation, uploaded, sent, received and opened', async () => {
    const phone = await inChat();
    const ben = await stage.other('ben');
    const calls = fake(phone, { openDocument: answering() });
    const bytes = Buffer.from('%PDF-1.7 a contract');
    phone.wx.media.willPick({ bytes, extension: 'pdf', name: '合同.pdf', fileType: 'file' });
    (await phone.moreItem('more-file')).tap();
    const card = await phone.host.waitForNode({ className: 'f-pdf', text: /合同\.pdf/ });
    await phone.host.waitFor(() => ben.received.some(({ messageType }) => messageType === FILE), {
      what: 'the file at ben',
    });
    expect(ben.received.at(-1)?.attachment).toMatchObject({ name: '合同.pdf', size: 19 });
    expect(stage.emulator.storage.objectsOf(bytes)).toHaveLength(1);
    await note(phone, '19 B');
    card.tap();
    await count(phone, calls, 1);
    expect(calls[0]).toMatchObject({ api: 'openDocument', fileType: 'pdf', showMenu: true });
    expect(phone.wx.files.read(String(calls[0]?.filePath))).toEqual(bytes);
    // The second time the file is there already.
    card.tap();
    await count(phone, calls, 2);
    expect(calls[1]?.filePath).toBe(calls[0]?.filePath);
  });

  it('of another sender is one small setData, and its download is few', async () => {
    const phone = await inChat();
    const calls = fake(phone, { openDocument: answering() });
    phone.host.setData.reset();
    const card = await receiveFile(phone, 'report.docx', 'x'.repeat(60_000));
    const row = phone.host.setData.snapshot().log.filter(({ paths }) => paths.length > 0);
    expect(Math.max(...row.map(({ bytes }) => bytes))).toBeLessThanOrEqual(900);
    await note(phone, '58.6 KB');
    stage.emulator.faults.add({ kind: 'download', how: 'slow', bytesPerSecond: 100_000 });
    phone.host.setData.reset();
    card.tap();
    await note(phone, /^下载中 [1-9]\d?%$/);
    card.tap();
    await count(phone, calls, 1);
    await note(phone, '58.6 KB');
    const { log } = phone.host.setData.snapshot();
    expect(log.length).toBeLessThanOrEqual(6);
    expect(Math.max(...log.map(({ bytes }) => bytes))).toBeLessThanOrEqual(120);
    expect(calls[0]).toMatchObject({ fileType: 'docx' });
  });

  it('that is no longer on the server says so in its card', async () => {
    const phone = await inChat();
    const calls = fake(phone, { openDocument: answering() });
    const card = await receiveFile(phone, 'old.xlsx');
    stage.emulator.storage.expire('oldxlsx');
    card.tap();
    await note(phone, '文件已失效');
    receive(FILE, { name: 'script.pdf', url: 'javascript:alert(1)', size: 5 });
    (await phone.host.waitForNode({ className: 'file', text: /script/ })).tap();
    await phone.host.waitFor(
      () => phone.host.page.findAll({ className: 'f-note', text: '文件已失效' }).length === 2,
      { what: 'both cards without a file' },
    );
    expect(calls).toEqual([]);
  });

  it('that the server refuses, or whose host is not listed, gives the reason and can be tried again', async () => {
    const phone = await inChat();
    const calls = fake(phone, { openDocument: answering() });
    const card = await receiveFile(phone, 'plan.pptx');
    stage.emulator.faults.add({ kind: 'download', how: 'status', status: 500, times: 1 });
    card.tap();
    await toast(phone, '文件下载失败，请重试');
    phone.wx.options.legalHosts = { downloadFile: [] };
    card.tap();
    const modal = await phone.host.waitFor(() => phone.wx.ui.modal, { what: 'the dialog' });
    const { host } = new URL(stage.emulator.url);
    expect(modal.content).toBe(`请把 http://${host} 加入 downloadFile 合法域名`);
    modal.confirm();
    phone.wx.options.legalHosts = { downloadFile: ['127.0.0.1'] };
    card.tap();
    await count(phone, calls, 1);
  });

  it('stops loading when the page closes', async () => {
    const phone = await inChat();
    const calls = fake(phone, { openDocument: answering() });
    const card = await receiveFile(phone, 'long.pdf', 'x'.repeat(200_000));
    stage.emulator.faults.add({ kind: 'download', how: 'slow', bytesPerSecond: 50_000 });
    card.tap();
    await note(phone, /^下载中/);
    phone.host.back();
    const record = phone.wx.requests.find(({ api }) => api === 'downloadFile');
    await phone.host.waitFor(() => record?.errMsg === 'abort', { what: 'the end of the download' });
    expect(calls).toEqual([]);
  });

  it('of a type that WeChat cannot open can be copied as a link or forwarded', async () => {
    const phone = await inChat();
    let isTap = false;
    const calls = fake(phone, {
      shareFileMessage: () => {
        if (!isTap) throw new WxFailure('can only be invoked by user TAP gesture.');
        return {};
      },
    });
    const card = await receiveFile(phone, 'setup.exe');
    const sheet = async () => {
      card.tap();
      return await phone.host.waitFor(() => phone.wx.ui.actionSheet, { what: 'the choice' });
    };
    (await sheet()).select('复制链接');
    await phone.host.waitFor(() => phone.wx.ui.clipboard.endsWith('/nos/setupexe'), {
      what: 'the link',
    });
    (await sheet()).select('转发给朋友');
    await toast(phone, '文件已下载，再点一次即可转发');
    isTap = true;
    card.tap();
    await count(phone, calls, 2);
    expect(calls[1]).toMatchObject({ fileName: 'setup.exe' });
  });

  it('that WeChat fails to open is offered for forwarding', async () => {
    const phone = await inChat();
    fake(phone, { openDocument: failing('filetype not supported') });
    (await receiveFile(phone, 'fake.doc')).tap();
    const sheet = await phone.host.waitFor(() => phone.wx.ui.actionSheet, { what: 'the choice' });
    expect(sheet.itemList).toEqual(['转发给朋友', '复制链接']);
    sheet.cancel();
  });

  it.each([
    [
      'is refused by the privacy guide',
      104,
      'privacy permission is not authorized',
      '同意隐私保护指引后才能使用此功能',
    ],
    ['is cancelled', undefined, 'cancel', ''],
  ])('is not sent when choosing %s', async (_, errno, reason, text) => {
    const phone = await inChat();
    phone.wx.options.callFaults = {
      chooseMessageFile: { reason, ...(errno === undefined ? {} : { errno }) },
    };
    (await phone.moreItem('more-file')).tap();
    if (text) await toast(phone, text);
    await phone.send('ok');
    await phone.bubble('ok');
    expect(phone.wx.ui.toasts).toHaveLength(text ? 1 : 0);
    expect(phone.host.page.has({ className: 'file' })).toBe(false);
  });

  it('that is empty or too large is named before anything is uploaded', async () => {
    const phone = await inChat();
    const file = (name: string, size: number) => ({ path: `http://tmp/${name}`, name, size });
    const tempFiles = [file('empty.txt', 0), file('film.iso', 200 * 1024 * 1024)];
    fake(phone, { chooseMessageFile: answering({ tempFiles }) });
    (await phone.moreItem('more-file')).tap();
    const modal = await phone.host.waitFor(() => phone.wx.ui.modal, { what: 'the dialog' });
    expect(modal).toMatchObject({
      title: '不能发送空文件或超过 100 MB 的文件',
      content: 'empty.txt\nfilm.iso',
    });
    modal.confirm();
    expect(phone.host.page.has({ className: 'file' })).toBe(false);
  });
});

describe('a place in the built package', () => {
  const LAKE = { name: '西湖', address: '杭州市西湖区', latitude: 30.25, longitude: 120.15 };

  it('is chosen, sent, and opened in the map', async () => {
    const phone = await inChat();
    const ben = await stage.other('ben');
    const calls = fake(phone, {
      chooseLocation: answering({ ...LAKE }),
      openLocation: answering(),
    });
    (await phone.moreItem('more-place')).tap();
    const card = await phone.host.waitForNode({ className: 'loc', text: /西湖.*杭州市西湖区/ });
    await phone.host.waitFor(
      () => ben.received.some(({ messageType }) => messageType === LOCATION),
      { what: 'the place at ben' },
    );
    const { latitude, longitude, address } = LAKE;
    expect(ben.received.at(-1)).toMatchObject({
      text: '西湖',
      attachment: { latitude, longitude, address },
    });
    card.tap();
    await count(phone, calls, 2);
    expect(calls[1]).toMatchObject(LAKE);
  });

  it.each([
    ['fail auth deny', '没有权限，请在微信设置中允许'],
    ['fail system permission denied', '没有权限，请在微信设置中允许'],
  ])('is not sent after "%s"', async (reason, text) => {
    const phone = await inChat();
    fake(phone, { chooseLocation: failing(reason.slice(5)) });
    (await phone.moreItem('more-place')).tap();
    const question = await phone.host.waitFor(() => phone.wx.ui.modal, { what: 'the question' });
    expect(question.content).toBe(text);
    expect(phone.host.page.has({ className: 'loc' })).toBe(false);
  });

  it('off the earth is a card without an action, in one small setData', async () => {
    const phone = await inChat();
    const calls = fake(phone, { openLocation: answering() });
    phone.host.setData.reset();
    receive(LOCATION, { lat: 91, lng: 0, title: '哪里' });
    const card = await phone.host.waitForNode({ className: 'nowhere', text: /哪里.*位置无效/ });
    const { log } = phone.host.setData.snapshot();
    expect(Math.max(...log.map(({ bytes }) => bytes))).toBeLessThanOrEqual(900);
    card.tap();
    await phone.send('ok');
    await phone.bubble('ok');
    expect(calls).toEqual([]);
  });
});

describe('a call record in the built package', () => {
  it('calls back after a question', async () => {
    const phone = await inChat();
    receive(CALL_RECORD, { type: 2, channelId: 'c1', status: 4, durations: [] });
    const record = await phone.host.waitForNode({ className: 'rec', text: /^视频通话/ });
    record.tap();
    const first = await phone.host.waitFor(() => phone.wx.ui.modal, { what: 'the question' });
    expect(first).toMatchObject({ title: '视频通话', content: '本' });
    first.cancel();
    record.tap();
    const second = await phone.host.waitFor(() => phone.wx.ui.modal, { what: 'the question' });
    second.confirm();
    await phone.host.waitForPage(CALL);
    (await phone.host.waitForNode({ className: 'talk-action', ariaLabel: '取消' })).tap();
  });
});

describe('a room in the built package', () => {
  it('sends files and places, and opens those of others', async () => {
    const { rooms, world } = stage.emulator;
    world.addAccount({ accountId: 'chen', name: '陈', token: 'token-chen' });
    rooms.addRoom({ roomId: '9000', roomName: '音乐厅', creatorAccountId: 'ben' });
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.host.waitForPage(LIST);
    phone.host.tapTab('我');
    (await phone.host.waitForNode({ text: '聊天室' })).closest('cell')?.tap();
    (await phone.host.waitForNode({ className: 'room-name', text: '音乐厅' }))
      .closest('room-item')
      ?.tap();
    await phone.host.waitForNode({ tag: 'textarea' });
    const chen = new BareRoom(stage.emulator);
    try {
      await chen.enter({ roomId: '9000', accountId: 'chen', token: 'token-chen' });
      const calls = fake(phone, {
        chooseLocation: answering({ name: '西湖', address: '', latitude: 30, longitude: 120 }),
        openLocation: answering(),
        openDocument: answering(),
      });
      (await phone.moreItem('more-place')).tap();
      (await phone.host.waitForNode({ className: 'loc', text: /西湖/ })).tap();
      await count(phone, calls, 2);
      phone.wx.media.willPick({ bytes: 'pdf', extension: 'pdf', name: '谱.pdf', fileType: 'file' });
      (await phone.moreItem('more-file')).tap();
      const card = await phone.host.waitForNode({ className: 'f-pdf', text: /谱\.pdf/ });
      await phone.host.waitFor(() => chen.received.length === 2, { what: 'both messages at chen' });
      expect(chen.received.map(({ messageType }) => messageType)).toEqual([LOCATION, FILE]);
      expect(chen.received[0]).toMatchObject({
        text: '西湖',
        attachment: { latitude: 30, address: '西湖' },
      });
      await note(phone, '3 B');
      card.tap();
      await count(phone, calls, 3);
      expect(calls[2]).toMatchObject({ api: 'openDocument', fileType: 'pdf' });
    } finally {
      await chen.dispose();
    }
  });
});
