import type { TestClient } from './support/client';
import { errorOf, useStage } from './support/stage';

const UPLOAD_FAILED = 194006;
const PART = 4 * 1024 * 1024;

describe('uploads of a browser', () => {
  const stage = useStage();
  const options = {
    browser: true,
    storage: {
      uploadReplaceFormat: 'http://{host}/{object}',
      // The SDK's own backups are hosts of NetEase; an answer of the LBS does not replace them.
      chunkUploadHostBackupList: [],
    },
  };

  const fileOf = (name: string, size: number): File => {
    const bytes = Buffer.alloc(size);
    for (let at = 0; at < size; at += 1) bytes[at] = (at * 7919) % 251;
    return new File([bytes], name, { type: 'application/zip', lastModified: 1_700_000_012_345 });
  };
  const send = async (client: TestClient, file: File, onProgress?: (percent: number) => void) => {
    const message = client.nim.V2NIMMessageCreator.createFileMessage(file, file.name);
    const { message: sent } = await client.nim.V2NIMMessageService.sendMessage(
      message,
      client.conversationId('ben'),
      undefined,
      onProgress,
    );
    return sent.attachment as unknown as { url: string; size: number; name: string };
  };
  const online = () => stage.online('ann', options);
  const uploads = () => stage.emulator.storage.uploads();
  afterEach(() => {
    expect(stage.emulator.unimplemented).toEqual([]);
  });

  test('a file of three parts is one object with its bytes', async () => {
    const ann = await online();
    const file = fileOf('large.zip', 2 * PART + 1000);
    const seen: number[] = [];
    const attachment = await send(ann, file, (percent) => seen.push(percent));
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(stage.emulator.storage.objectsOf(bytes)).toHaveLength(1);
    expect(uploads().map(({ via, state }) => `${via} ${state}`)).toEqual([
      'chunk part',
      'chunk part',
      'chunk stored',
    ]);
    expect(attachment).toMatchObject({ size: file.size, name: 'large.zip' });
    expect(seen.at(-1)).toBe(100);
    const answer = await fetch(attachment.url);
    expect(answer.headers.get('content-type')).toBe('application/zip');
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  });

  test('the same file is uploaded once', async () => {
    const ann = await online();
    const first = await send(ann, fileOf('again.zip', 2000));
    const second = await send(ann, fileOf('again.zip', 2000));
    expect(second.url).toBe(first.url);
    expect(stage.emulator.storage.objects()).toHaveLength(1);
    expect(uploads()).toHaveLength(1);
  });

  test('an upload cut in its second part continues with that part', async () => {
    const ann = await online();
    const file = fileOf('cut.zip', PART + 500_000);
    const bytes = Buffer.from(await file.arrayBuffer());
    const message = ann.nim.V2NIMMessageCreator.createFileMessage(file, file.name);
    const sendIt = () =>
      ann.nim.V2NIMMessageService.sendMessage(message, ann.conversationId('ben'));
    stage.emulator.faults.add({ kind: 'upload', how: 'cut', percent: 50, skip: 1, times: 1 });
    expect((await errorOf(sendIt())).code).toBe(UPLOAD_FAILED);
    await sendIt();
    expect(uploads().map(({ state }) => state)).toEqual(['part', 'cut', 'stored']);
    expect(stage.emulator.storage.objectsOf(bytes)).toHaveLength(1);
    expect(stage.emulator.world.serverLog('p2p', 'ann', 'ben')).toHaveLength(1);
  });

  test('an upload is refused with a status', async () => {
    const ann = await online();
    stage.emulator.faults.add({ kind: 'upload', how: 'status', status: 403, times: 1 });
    expect((await errorOf(send(ann, fileOf('no.zip', 2000)))).code).toBe(UPLOAD_FAILED);
    await send(ann, fileOf('no.zip', 2000));
    expect(stage.emulator.storage.objects()).toHaveLength(1);
  });
});
