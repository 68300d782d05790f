import { createWx, type WxHandle, type WxOptions } from '.';
import { failureOf } from './failure-of';

let handle: WxHandle;

afterEach(() => handle.dispose());

const make = (options: WxOptions = {}) => (handle = createWx(options));
/** Functions that the typings lack, or whose options differ. */
const untyped = () =>
  handle.wx as unknown as Record<string, (options?: object) => Promise<Record<string, unknown>>>;
const PHOTO = { bytes: 'photo', extension: 'jpg', fileType: 'image' } as const;

describe('a permission', () => {
  it('is asked for once; after a refusal only the settings change it', async () => {
    const { wx, permissions } = make();
    permissions.answer = 'refuse';
    const ask = () => failureOf(wx.authorize({ scope: 'scope.record' }));
    expect((await wx.getSetting()).authSetting).toEqual({});
    expect(await ask()).toEqual({ errMsg: 'authorize:fail auth deny' });
    permissions.answer = 'allow';
    expect(await ask()).toEqual({ errMsg: 'authorize:fail auth deny' });
    expect((await wx.getSetting()).authSetting).toEqual({ 'scope.record': false });
    permissions.changes = { 'scope.record': true, 'scope.camera': true };
    expect((await wx.openSetting()).authSetting).toEqual({ 'scope.record': true });
    expect(await ask()).toEqual({ errMsg: 'no failure' });
    expect(permissions.questions).toEqual(['scope.record', 'settings']);
    expect(await failureOf(wx.authorize({ scope: 'scope.everything' }))).toEqual({
      errMsg: 'authorize:fail invalid scope',
    });
  });

  it('is asked for by the recorder, the album and the camera themselves', async () => {
    const { wx, permissions, files, media } = make();
    permissions.answer = 'refuse';
    const recorder = wx.getRecorderManager();
    const refused = new Promise((resolve) => recorder.onError(({ errMsg }) => resolve(errMsg)));
    recorder.start({});
    expect(await refused).toBe('operateRecorder:fail auth deny');
    media.willPick(PHOTO);
    expect(await failureOf(wx.chooseMedia({ sourceType: ['camera'] }))).toMatchObject({
      errMsg: 'chooseMedia:fail auth deny',
    });
    const filePath = files.add('photo', 'jpg');
    expect(await failureOf(wx.saveImageToPhotosAlbum({ filePath }))).toMatchObject({
      errMsg: 'saveImageToPhotosAlbum:fail auth deny',
    });
    permissions.changes = { 'scope.writePhotosAlbum': true };
    await wx.openSetting();
    await wx.saveImageToPhotosAlbum({ filePath });
    expect(media.album).toEqual([filePath]);
  });

  it('needs the privacy guide: its refusal and a missing declaration have their own errno', async () => {
    const { wx, permissions, ui } = make();
    permissions.guide = 'unasked';
    permissions.guideAnswer = 'refuse';
    expect((await untyped().getPrivacySetting?.())?.needAuthorization).toBe(true);
    expect(await failureOf(wx.setClipboardData({ data: 'text' }))).toEqual({
      errMsg: 'setClipboardData:fail privacy permission is not authorized',
      errno: 104,
    });
    expect(ui.clipboard).toBe('');
    permissions.guideAnswer = 'agree';
    await untyped().requirePrivacyAuthorize?.();
    await wx.setClipboardData({ data: 'text' });
    expect(ui.clipboard).toBe('text');
    permissions.undeclared.add('chooseMessageFile');
    expect(await failureOf(wx.chooseMessageFile({ count: 1 }))).toEqual({
      errMsg: 'chooseMessageFile:fail api scope is not declared in the privacy agreement',
      errno: 112,
    });
  });
});

describe('a picker', () => {
  it.each([
    ['chooseMedia', 21],
    ['chooseImage', 10],
    ['chooseMessageFile', 101],
    ['chooseMedia', 0],
  ] as const)('%s refuses the count %i', async (name, count) => {
    make().media.willPick(PHOTO);
    const asked = untyped()[name]?.({ count }) ?? Promise.resolve();
    expect((await failureOf(asked)).errMsg).toMatch(/fail parameter error/);
  });

  it('gives a poster and seconds with a video, and cancels without prepared files', async () => {
    const { wx, media, files } = make();
    media.willPick({ bytes: 'film', extension: 'mp4', fileType: 'video', duration: 7 });
    const [film] = (await wx.chooseMedia({ count: 1 })).tempFiles;
    expect(film).toMatchObject({ duration: 7, size: 4, fileType: 'video' });
    expect(files.read(film?.thumbTempFilePath ?? '')).toBeDefined();
    expect(await failureOf(wx.chooseMedia({}))).toEqual({ errMsg: 'chooseMedia:fail cancel' });
  });

  it('gives the prepared place, and cancels without one', async () => {
    const { wx, media } = make();
    const lake = { name: '西湖', address: '', latitude: 30.2, longitude: 120.1 };
    media.willChoosePlace(lake);
    expect(await wx.chooseLocation({})).toMatchObject(lake);
    expect(await failureOf(wx.chooseLocation({}))).toEqual({
      errMsg: 'chooseLocation:fail cancel',
    });
    expect((await failureOf(wx.openLocation({ latitude: NaN, longitude: 1 }))).errMsg).toMatch(
      /parameter error/,
    );
  });
});

describe('files', () => {
  it.each([
    ['pdf', 'no failure'],
    ['docx', 'no failure'],
    ['zip', 'openDocument:fail filetype not supported'],
  ])('of type %s: %s', async (extension, errMsg) => {
    const { wx, files } = make();
    const filePath = files.add('content', extension);
    expect(await failureOf(wx.openDocument({ filePath }))).toMatchObject({ errMsg });
  });

  it('that do not exist are neither opened nor saved nor compressed', async () => {
    const { wx } = make();
    const filePath = 'https://a.test/photo.jpg';
    expect(await failureOf(wx.openDocument({ filePath }))).toMatchObject({ errno: 1300002 });
    expect(await failureOf(wx.saveVideoToPhotosAlbum({ filePath }))).toMatchObject({
      errno: 1300002,
    });
    expect(await failureOf(wx.compressImage({ src: filePath }))).toMatchObject({ errno: 1300002 });
  });

  it('are kept up to a limit, and are listed and removed', async () => {
    const { wx, files } = make();
    const manager = wx.getFileSystemManager();
    const call = (name: 'saveFile' | 'removeSavedFile' | 'writeFile', options: object) =>
      new Promise<Record<string, unknown>>((resolve) =>
        (manager[name] as (given: object) => void)({
          ...options,
          success: resolve,
          fail: resolve,
        }),
      );
    files.limitBytes = 10;
    const first = await call('saveFile', { tempFilePath: files.add('12345678') });
    expect(first.errMsg).toBe('saveFile:ok');
    const second = files.add('123');
    expect(await call('saveFile', { tempFilePath: second })).toMatchObject({ errno: 1300202 });
    expect(files.read(second)).toBeDefined();
    const kept = await new Promise<{ fileList: { filePath: string }[] }>((resolve) =>
      manager.getSavedFileList({ success: resolve }),
    );
    expect(kept.fileList).toMatchObject([{ filePath: first.savedFilePath, size: 8 }]);
    await call('removeSavedFile', { filePath: first.savedFilePath });
    expect(await call('saveFile', { tempFilePath: second })).toMatchObject({
      errMsg: 'saveFile:ok',
    });
    expect(await call('writeFile', { filePath: 'http://tmp/a', data: 'a' })).toMatchObject({
      errno: 1300013,
    });
  });
});
