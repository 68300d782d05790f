import { mediaUrls } from '@/sdk/media-urls';
import { chatMediaPage } from '@/stores/chat/chat-media';
import { contentOf } from '@/stores/messages/kinds';
import { imageSize } from '../../emulator/server/image-size';
import { encodePng } from '../../emulator/server/png';
import { rowsOf, useWorld, waitFor } from '../harness';

const world = useWorld();
const png = (width: number, height: number) =>
  encodePng({ width, height, data: Buffer.alloc(width * height * 4, 128) });
const PATH = 'wxfile://tmp/wide.png';

describe('a picture', () => {
  test('that is sent has its shape on the other side, and a thumbnail of the asked size', async () => {
    const anna = await world.online('anna');
    const ben = await world.online('ben');
    const annas = await anna.chatWith('ben');
    const bens = await ben.chatWith('anna');
    anna.wx.files.write(PATH, png(400, 200));
    const sending = annas.sendFile({ kind: 'image', file: PATH, width: 400, height: 200 });
    const row = await waitFor(() => rowsOf(bens)[0], { what: 'the picture' });
    const content = contentOf(row, 'image');
    if (!content) throw new Error('no picture');
    expect(content).toMatchObject({ width: 400, height: 200 });
    await waitFor(() => sending?.status === 'sent', { what: 'the answer to the sender' });

    const size = { width: 100, height: 100 };
    const url = mediaUrls(() => bens.creator).imageThumb(content.url, size);
    const answer = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(imageSize(answer)).toEqual({ width: 100, height: 50 });
    // The same address as the SDK's own helper, which answers with a promise.
    const { storage } = ben.account.connection.services;
    const official = await storage.getImageThumbUrl(content as never, { ...size });
    expect(url).toBe(official.url);
    const cover = await storage.getVideoCoverUrl(content as never, { ...size });
    expect(mediaUrls(() => bens.creator).videoCover(content.url, size)).toBe(cover.url);
  });

  test('is found beside another beyond the loaded page, unless it was recalled or deleted', async () => {
    const bare = await world.bare('ben');
    const { V2NIMMessageCreator: creator, V2NIMMessageService: service } = bare.nim;
    bare.wx.files.write(PATH, png(4, 2));
    const pictures = [];
    for (let i = 0; i < 5; i++) {
      const { message } = await service.sendMessage(
        creator.createImageMessage(PATH, `${i}.png`, undefined, 4, 2),
        'ben|1|anna',
      );
      pictures.push(message);
      for (let text = 0; text < 10; text++) await bare.send('anna', `t${i}-${text}`);
    }
    const anna = await world.online('anna');
    const chat = await anna.chatWith('ben');
    const ids = pictures.map(({ messageClientId }) => messageClientId);
    const shown = rowsOf(chat).filter(({ kind }) => kind === 'image');
    expect(shown.map(({ messageClientId }) => messageClientId)).toEqual(ids.slice(3));
    const [recalled] = pictures;
    if (!recalled) throw new Error('unreachable');
    await service.revokeMessage(recalled);
    await waitFor(() => anna.account.conversations.removed.recallOf(recalled.messageClientId), {
      what: 'the recall',
    });
    const [beside] = shown;
    if (!beside) throw new Error('unreachable');
    const older = await chatMediaPage(anna.account, 'anna|1|ben', 'older', beside.message);
    const found = older.map(({ messageClientId }) => messageClientId);
    expect(found.filter((id) => id !== beside.messageClientId).sort()).toEqual(
      ids.slice(1, 3).sort(),
    );
  });
});
