import { asyncApi, Listeners, WxFailure, type Api } from './api';
import type { WxContext } from './context';
import type { FileStore } from './files';
import type { Fields } from './options';

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

/** What the user will pick next; with nothing prepared a picker answers `cancel`. */
export class MediaShelf {
  private readonly prepared: PickedFile[][] = [];

  /** The next picker of any kind returns these files. */
  willPick(...files: PickedFile[]): void {
    this.prepared.push(files);
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
): Record<string, Api> {
  const api = (name: string, work: (given: Fields) => unknown) => asyncApi(context, name, work);
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
  return {
    chooseMedia: api('chooseMedia', pick),
    chooseImage: api('chooseImage', pick),
    chooseMessageFile: api('chooseMessageFile', pick),
    chooseVideo: api('chooseVideo', () => pick().tempFiles[0] ?? {}),
    getImageInfo: api('getImageInfo', ({ src }) => ({
      width: 0,
      height: 0,
      path: src,
      type: 'jpeg',
    })),
    compressImage: api('compressImage', ({ src }) => ({ tempFilePath: src })),
    saveImageToPhotosAlbum: api('saveImageToPhotosAlbum', () => undefined),
    saveVideoToPhotosAlbum: api('saveVideoToPhotosAlbum', () => undefined),
    openDocument: api('openDocument', () => undefined),
    createInnerAudioContext: () => innerAudio(context),
    getRecorderManager: () => recorder(context, files, shelf),
  };
}

/** Plays nothing, but tells the app that it does. */
function innerAudio(context: WxContext): Fields {
  const on = new Map<string, Listeners<Fields>>();
  const of = (name: string) => {
    const known = on.get(name) ?? new Listeners<Fields>(context);
    on.set(name, known);
    return known;
  };
  const say = (name: string) => context.later(() => of(name).emit({}));
  const audio: Fields = { src: '', currentTime: 0, duration: 0, paused: true };
  for (const name of [
    'Play',
    'Pause',
    'Stop',
    'Ended',
    'Error',
    'Canplay',
    'TimeUpdate',
    'Waiting',
  ]) {
    audio[`on${name}`] = of(name).on;
    audio[`off${name}`] = of(name).off;
  }
  audio.play = () => {
    audio.paused = false;
    say('Play');
  };
  audio.pause = () => {
    audio.paused = true;
    say('Pause');
  };
  audio.stop = () => {
    audio.paused = true;
    say('Stop');
  };
  audio.seek = () => undefined;
  audio.destroy = () => on.clear();
  /** Test hook: the clip comes to its end. */
  audio.finish = () => say('Ended');
  return audio;
}

/** The recorder hands over what the shelf holds, or a second of silence. */
function recorder(context: WxContext, files: FileStore, shelf: MediaShelf): Fields {
  const start = new Listeners<Fields>(context);
  const stop = new Listeners<Fields>(context);
  const error = new Listeners<Fields>(context);
  return {
    onStart: start.on,
    onStop: stop.on,
    onError: error.on,
    onPause: () => undefined,
    onResume: () => undefined,
    onFrameRecorded: () => undefined,
    onInterruptionBegin: () => undefined,
    onInterruptionEnd: () => undefined,
    start: () => context.later(() => start.emit({})),
    stop: () =>
      context.later(() => {
        let clip: PickedFile = { bytes: 'silence', extension: 'aac', duration: 1 };
        try {
          clip = shelf.take()[0] ?? clip;
        } catch {
          // Nothing prepared: the default clip will do.
        }
        const tempFilePath = files.add(clip.bytes, clip.extension);
        const fileSize = files.read(tempFilePath)?.length ?? 0;
        stop.emit({ tempFilePath, fileSize, duration: (clip.duration ?? 1) * 1000 });
      }),
    pause: () => undefined,
    resume: () => undefined,
  };
}
