import { asyncApi, text, WxFailure, type Api } from './api';
import type { WxContext } from './context';
import type { FileStore } from './files';
import type { Fields } from './options';
import type { Permissions } from './permissions';

/** A file the user picks or records; `bytes` are stored under a temporary path. */
export interface PickedFile {
  bytes: Buffer | string;
  /** Extension of the temporary path, without a dot. */
  extension: string;
  name?: string;
  fileType?: 'image' | 'video' | 'file';
  width?: number;
  height?: number;
  /** Seconds, of a video. */
  duration?: number;
}

/** A place of WeChat's map. `name` and `address` may be empty: the user may choose a point without a name. */
export interface Place {
  name: string;
  address: string;
  latitude: number;
  longitude: number;
}

/** The types that `wx.openDocument` opens; another type fails. */
const DOCUMENTS = ['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'pdf'];
/** Most files of a picker, by function. WeChat does not let the user choose more than asked for. */
const MOST = { chooseMedia: 20, chooseImage: 9, chooseMessageFile: 100 };
const HERE = { latitude: 30.25, longitude: 120.15, accuracy: 30 };

/** Files that the user will pick next; without prepared files a picker answers `cancel`. */
export class MediaShelf {
  private readonly prepared: PickedFile[][] = [];
  private readonly places: Place[] = [];
  private readonly codes: string[] = [];
  /** Paths that were saved to the album of the phone. */
  readonly album: string[] = [];
  /** Entries of the calendar of the phone; `startTime` in seconds. */
  readonly calendar: { title: string; startTime: number }[] = [];

  /** The next picker of any kind returns these files. */
  willPick(...files: PickedFile[]): void {
    this.prepared.push(files);
  }

  /** The user chooses this place next, on the map of `chooseLocation`. */
  willChoosePlace(place: Place): void {
    this.places.push(place);
  }

  /** The camera sees a code with this text next. */
  willScan(text: string): void {
    this.codes.push(text);
  }

  takeCode(): string {
    const code = this.codes.shift();
    // The user closes the camera.
    if (code === undefined) throw new WxFailure('cancel');
    return code;
  }

  takePlace(): Place {
    const place = this.places.shift();
    // The user closes the map.
    if (!place) throw new WxFailure('cancel');
    return place;
  }

  take(): PickedFile[] {
    const files = this.prepared.shift();
    if (!files) throw new WxFailure('cancel');
    return files;
  }
}

/** Pickers and media helpers: `chooseMedia`, `chooseImage`, `chooseMessageFile`, `getImageInfo` ... */
export function makeMedia(
  context: WxContext,
  files: FileStore,
  shelf: MediaShelf,
  user: Permissions,
): Record<string, Api> {
  const api = (name: string, work: (given: Fields) => unknown) => asyncApi(context, name, work);
  /** A function that the privacy guide must declare. */
  const personal = (name: string, work: (given: Fields) => unknown) =>
    api(name, (given) => {
      user.useOf(name);
      return work(given);
    });
  const existing = (path: unknown): string => {
    if (!files.read(text(path)))
      throw new WxFailure(`no such file or directory, open '${text(path)}'`, 1300002);
    return text(path);
  };
  const saved = (name: string) =>
    personal(name, ({ filePath }) => {
      // An address on a server is no file: the app downloads first.
      existing(filePath);
      user.need('scope.writePhotosAlbum');
      shelf.album.push(text(filePath));
    });
  const store = (file: PickedFile): Fields => {
    const tempFilePath = files.add(file.bytes, file.extension);
    return {
      tempFilePath,
      path: tempFilePath,
      size: files.read(tempFilePath)?.length ?? 0,
      fileType: file.fileType ?? 'image',
      type: file.fileType ?? 'image',
      name: file.name ?? `file.${file.extension}`,
      width: file.width ?? 0,
      height: file.height ?? 0,
      duration: file.duration ?? 0,
      thumbTempFilePath: file.fileType === 'video' ? files.add('thumb', 'jpg') : '',
    };
  };
  const pick = () => {
    const tempFiles = shelf.take().map(store);
    return { tempFiles, tempFilePaths: tempFiles.map((file) => file.tempFilePath), type: 'mix' };
  };
  const many = (name: keyof typeof MOST) =>
    personal(name, ({ count, sourceType, sizeType }) => {
      const asked = count === undefined ? Math.min(9, MOST[name]) : Number(count);
      if (!(asked >= (name === 'chooseMessageFile' ? 0 : 1) && asked <= MOST[name]))
        throw new WxFailure(`parameter error: parameter.count should be at most ${MOST[name]}`);
      for (const list of [sourceType, sizeType])
        if (Array.isArray(list) && list.length === 0)
          throw new WxFailure('parameter error: an empty list');
      // A camera that was refused fails; it is asked for when it is the only source.
      if (Array.isArray(sourceType) && sourceType.join() === 'camera') user.need('scope.camera');
      const { tempFiles, tempFilePaths, type } = pick();
      if (tempFiles.length > asked)
        throw new Error(`the test picks ${tempFiles.length} files of ${asked}`);
      return { tempFiles, tempFilePaths, type };
    });
  return {
    chooseMedia: many('chooseMedia'),
    chooseImage: many('chooseImage'),
    chooseMessageFile: many('chooseMessageFile'),
    chooseVideo: personal('chooseVideo', () => pick().tempFiles[0] ?? {}),
    getImageInfo: api('getImageInfo', ({ src }) => ({
      width: 0,
      height: 0,
      path: src,
      type: 'jpeg',
    })),
    compressImage: api('compressImage', ({ src }) => ({ tempFilePath: existing(src) })),
    saveImageToPhotosAlbum: saved('saveImageToPhotosAlbum'),
    saveVideoToPhotosAlbum: saved('saveVideoToPhotosAlbum'),
    addPhoneCalendar: personal('addPhoneCalendar', ({ title, startTime }) => {
      if (text(title) === '' || typeof startTime !== 'number')
        throw new WxFailure('parameter error: title and startTime are required');
      user.need('scope.addPhoneCalendar');
      shelf.calendar.push({ title: text(title), startTime });
    }),
    openDocument: api('openDocument', ({ filePath, fileType }) => {
      const path = existing(filePath);
      const type = text(fileType) || (path.split('.').pop() ?? '');
      if (!DOCUMENTS.includes(type)) throw new WxFailure('filetype not supported');
    }),
    scanCode: api('scanCode', ({ scanType }) => {
      if (Array.isArray(scanType) && scanType.length === 0)
        throw new WxFailure('parameter error: an empty list');
      return { result: shelf.takeCode(), scanType: 'QR_CODE', charSet: 'UTF-8' };
    }),
    chooseLocation: personal('chooseLocation', () => ({ ...shelf.takePlace() })),
    getLocation: personal('getLocation', () => {
      user.need('scope.userLocation');
      return HERE;
    }),
    getFuzzyLocation: personal('getFuzzyLocation', () => {
      user.need('scope.userFuzzyLocation');
      return HERE;
    }),
    openLocation: api('openLocation', ({ latitude, longitude }) => {
      for (const degrees of [latitude, longitude])
        if (typeof degrees !== 'number' || !Number.isFinite(degrees))
          throw new WxFailure('parameter error: latitude and longitude should be Numbers');
    }),
    shareFileMessage: api('shareFileMessage', ({ filePath }) => {
      existing(filePath);
    }),
  };
}
