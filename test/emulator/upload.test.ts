import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { V2NIMMessage } from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMMessageService';
import { encodePng } from '../../emulator/server/png';
import { imageSize } from '../../emulator/server/image-size';
import type { TestClient } from './support/client';
import { errorOf, until, useStage } from './support/stage';

/** Public codes of the SDK: cancelled, and upload failed. */
const CANCELLED = 191002;
const UPLOAD_FAILED = 194006;

interface FileAttachment {
  url: string;
  name: string;
  size: number;
  width?: number;
  height?: number;
  duration?: number;
}

type ForUrl = (attachment: object, size: object) => Promise<{ url: string }>;

/** The URL helpers, which the SDK's type of an instance does not name. */
function storageUtil({ nim }: TestClient): { getImageThumbUrl: ForUrl; getVideoCoverUrl: ForUrl } {
  return (nim as unknown as Record<'V2NIMStorageUtil', ReturnType<typeof storageUtil>>)
    .V2NIMStorageUtil;
}

/** A PNG of two halves: red on the left, blue on the right. */
function twoHalves(width: number, height: number): Buffer {
  const data = Buffer.alloc(width * height * 4, 255);
  for (let at = 0; at < data.length; at += 4) {
    const left = (at / 4) % width < width / 2;
    data.set(left ? [255, 0, 0] : [0, 0, 255], at);
  }
  return encodePng({ width, height, data });
}

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

/** The headers of an MP4 video, without frames. */
function mp4(width: number, height: number, ms: number): Buffer {
  const movie = Buffer.alloc(100);
  movie.writeUInt32BE(1000, 12);
  movie.writeUInt32BE(ms, 16);
  const track = Buffer.alloc(84);
  track.writeUInt32BE(width * 65_536, 76);
  track.writeUInt32BE(height * 65_536, 80);
  const content = Buffer.concat([box('mvhd', movie), box('trak', box('tkhd', track))]);
  return Buffer.concat([box('ftyp', Buffer.from('isom')), box('moov', content)]);
}

describe('the upload host', () => {
  const stage = useStage();
  const folder = mkdtempSync(path.join(tmpdir(), 'emulator-upload-'));
  /** The emulator has no TLS in these tests; the SDK would build https URLs. */
  const storage = { uploadReplaceFormat: 'http://{host}/{object}' };

  const fileOf = (name: string, content: Buffer): string => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const creator = (client: TestClient) => client.nim.V2NIMMessageCreator;
  const send = async (
    client: TestClient,
    message: V2NIMMessage,
    onProgress?: (percent: number) => void,
  ): Promise<FileAttachment> => {
    const { message: sent } = await client.nim.V2NIMMessageService.sendMessage(
      message,
      client.conversationId('ben'),
      undefined,
      onProgress,
    );
    return sent.attachment as unknown as FileAttachment;
  };
  const online = (accountId = 'ann') => stage.online(accountId, { storage });
  const fetched = async (url: string) => {
    const answer = await fetch(url);
    return {
      status: answer.status,
      type: answer.headers.get('content-type'),
      content: Buffer.from(await answer.arrayBuffer()),
    };
  };

  test('a picture has its size, its type and one object, in the history too', async () => {
    const png = twoHalves(400, 300);
    const ann = await online();
    const message = creator(ann).createImageMessage(fileOf('halves.png', png), 'halves.png');
    const attachment = await send(ann, message);
    expect(attachment).toMatchObject({ width: 400, height: 300 });
    expect(await fetched(attachment.url)).toEqual({ status: 200, type: 'image/png', content: png });
    expect(stage.emulator.storage.objectsOf(png)).toMatchObject([
      { size: png.length, contentType: 'image/png', downloads: 1, expired: false },
    ]);
    const ben = await online('ben');
    const [kept] = await ben.nim.V2NIMMessageService.getMessageList({
      conversationId: ben.conversationId('ann'),
      limit: 1,
    } as never);
    expect(kept?.attachment).toMatchObject({ url: attachment.url, width: 400, height: 300 });
  });

  test('a sound and a video have their length, a file its type', async () => {
    const ann = await online();
    const wav = Buffer.alloc(44 + 16_000);
    wav.write('RIFF', 0, 'latin1');
    wav.write('WAVEfmt ', 8, 'latin1');
    wav.writeUInt32LE(16_000, 28);
    wav.write('data', 36, 'latin1');
    wav.writeUInt32LE(16_000, 40);
    const sound = creator(ann).createAudioMessage(fileOf('voice.wav', wav), 'voice.wav');
    expect(await send(ann, sound)).toMatchObject({ duration: 1000 });
    const clip = fileOf('clip.mp4', mp4(1280, 720, 5200));
    const video = await send(ann, creator(ann).createVideoMessage(clip, 'clip.mp4'));
    expect(video).toMatchObject({ duration: 5200, width: 1280, height: 720 });
    expect((await fetched(video.url)).type).toBe('video/mp4');
    const text = fileOf('notes.txt', Buffer.from('hello'));
    const file = await send(ann, creator(ann).createFileMessage(text, 'notes.txt'));
    expect(await fetched(file.url)).toEqual({
      status: 200,
      type: 'text/plain; charset=utf-8',
      content: Buffer.from('hello'),
    });
  });

  test("the SDK's thumbnail and poster URLs give pictures of the asked size", async () => {
    const ann = await online();
    const picture = creator(ann).createImageMessage(
      fileOf('wide.png', twoHalves(400, 200)),
      'wide.png',
    );
    const image = await send(ann, picture);
    const util = storageUtil(ann);
    const small = await util.getImageThumbUrl(image, { width: 100, height: 100 });
    const thumbnail = await fetched(small.url);
    expect(imageSize(thumbnail.content)).toEqual({ width: 100, height: 50 });
    const crop = await fetched(`${image.url}?imageView&thumbnail=60y60`);
    expect(imageSize(crop.content)).toEqual({ width: 60, height: 60 });
    const cover = await fetched(`${image.url}?imageView&thumbnail=100z100`);
    expect(imageSize(cover.content)).toEqual({ width: 200, height: 100 });
    const large = await fetched(`${image.url}?imageView&thumbnail=4000x0`);
    expect(imageSize(large.content)).toEqual({ width: 400, height: 200 });

    const clip = fileOf('tall.mp4', mp4(720, 1280, 1000));
    const video = await send(ann, creator(ann).createVideoMessage(clip, 'tall.mp4'));
    const poster9 = await util.getVideoCoverUrl(video, { width: 90, height: 0 });
    const poster = await fetched(poster9.url);
    expect(poster.type).toBe('image/png');
    expect(imageSize(poster.content)).toEqual({ width: 90, height: 160 });
  });

  test('a range is answered for players, and an expired object with 404', async () => {
    const { storage: objects } = stage.emulator;
    objects.put('song', { content: Buffer.from('0123456789'), contentType: 'audio/mpeg' });
    const url = `${stage.emulator.url}/nos/song`;
    const part = await fetch(url, { headers: { range: 'bytes=2-5' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe('bytes 2-5/10');
    expect(await part.text()).toBe('2345');
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(url, { headers: { range: 'bytes=20-' } })).status).toBe(416);
    await fetch(`${stage.emulator.control}/objects/song/expire`, { method: 'POST' });
    expect((await fetched(url)).status).toBe(404);
    expect(objects.objects()).toMatchObject([{ objectName: 'song', expired: true }]);
  });

  test('an object of a scene with an end expires by itself', async () => {
    let now = Date.now();
    await stage.start({ now: () => now });
    const ann = await online();
    ann.nim.V2NIMStorageService.addCustomStorageScene('short', 60);
    const file = fileOf('short.txt', Buffer.from('short'));
    const task = ann.nim.V2NIMStorageService.createUploadFileTask({
      fileObj: file,
      sceneName: 'short',
    } as never);
    const url = await ann.nim.V2NIMStorageService.uploadFile(task, () => undefined);
    expect((await fetched(url)).status).toBe(200);
    now += 61_000;
    expect((await fetched(url)).status).toBe(404);
  });

  describe('with faults', () => {
    const noise = (): Buffer => {
      const content = Buffer.alloc(300_000);
      for (let at = 0; at < content.length; at += 1) content[at] = (at * 7919) % 251;
      return content;
    };

    test('an upload cut at 50 % fails; another try of the same message has one object', async () => {
      const { faults, storage: objects, world } = stage.emulator;
      const ann = await online();
      const content = noise();
      const message = creator(ann).createFileMessage(fileOf('cut.bin', content), 'cut.bin');
      faults.add({ kind: 'upload', how: 'cut', percent: 50, times: 1 });
      expect((await errorOf(send(ann, message))).code).toBe(UPLOAD_FAILED);
      const [first] = objects.uploads();
      expect(first).toMatchObject({ via: 'form', state: 'cut' });
      expect((first?.received ?? 0) / (first?.total ?? 1)).toBeCloseTo(0.5, 2);
      expect(objects.objectsOf(content)).toEqual([]);
      await send(ann, message);
      expect(objects.objectsOf(content)).toHaveLength(1);
      expect(world.serverLog('p2p', 'ann', 'ben')).toHaveLength(1);
    });

    test('a lost answer leaves an object; another try makes a second object', async () => {
      const { faults, storage: objects } = stage.emulator;
      const ann = await online();
      const content = noise();
      const message = creator(ann).createFileMessage(fileOf('lost.bin', content), 'lost.bin');
      faults.add({ kind: 'upload', how: 'lostAnswer', times: 1 });
      expect((await errorOf(send(ann, message))).code).toBe(UPLOAD_FAILED);
      expect(objects.objectsOf(content)).toHaveLength(1);
      await send(ann, message);
      expect(objects.objectsOf(content)).toHaveLength(2);
    });

    test('an upload is refused with a status', async () => {
      stage.emulator.faults.add({ kind: 'upload', how: 'status', status: 403, times: 1 });
      const ann = await online();
      const message = creator(ann).createFileMessage(fileOf('no.bin', noise()), 'no.bin');
      expect((await errorOf(send(ann, message))).code).toBe(UPLOAD_FAILED);
      expect(stage.emulator.storage.uploads()).toMatchObject([{ state: 'refused' }]);
    });

    test('a slow upload shows its progress and can be cancelled', async () => {
      const { faults, storage: objects } = stage.emulator;
      faults.add({ kind: 'upload', how: 'slow', bytesPerSecond: 2_000_000 });
      const ann = await online();
      const large = Buffer.concat(Array.from({ length: 40 }, noise));
      const message = creator(ann).createFileMessage(fileOf('slow.bin', large), 'slow.bin');
      const seen: number[] = [];
      const failed = errorOf(send(ann, message, (percent) => seen.push(percent)));
      await until(() => (objects.uploads()[0]?.received ?? 0) > 100_000, 'bytes arrive');
      expect(Math.max(...seen)).toBeLessThan(100);
      await ann.nim.V2NIMMessageService.cancelMessageAttachmentUpload(message);
      expect((await failed).code).toBe(CANCELLED);
      await until(() => objects.uploads()[0]?.state === 'cut', 'the server sees the end');
      expect(objects.objects()).toEqual([]);
    });

    test('a missing upload host fails, and the next host of the list is used', async () => {
      const { faults } = stage.emulator;
      const missing = faults.add({ kind: 'lbs', how: 'uploadHosts' });
      const ann = await online();
      const first = creator(ann).createFileMessage(fileOf('a.bin', noise()), 'a.bin');
      expect((await errorOf(send(ann, first))).code).toBe(UPLOAD_FAILED);
      expect(stage.emulator.storage.uploads()).toEqual([]);
      missing.remove();
      faults.add({ kind: 'lbs', how: 'uploadHosts', onlyThese: false });
      const ben = await online('ben');
      const second = creator(ben).createFileMessage(fileOf('b.bin', noise()), 'b.bin');
      const result = await ben.nim.V2NIMMessageService.sendMessage(
        second,
        ben.conversationId('ann'),
      );
      expect(result.message.sendingState).toBe(1);
    });

    test('a download is refused with a status', async () => {
      stage.emulator.storage.put('x', { content: Buffer.from('x') });
      stage.emulator.faults.add({ kind: 'download', how: 'status', status: 403, objectName: 'x' });
      expect((await fetched(`${stage.emulator.url}/nos/x`)).status).toBe(403);
    });
  });
});
