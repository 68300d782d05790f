/** A file to send: a path in a mini-program, the File in a browser. */
export interface OutgoingFile {
  readonly kind: 'image' | 'audio' | 'video' | 'file';
  readonly file: string | File;
  readonly name?: string;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Milliseconds. */
  readonly duration?: number;
  /** Bytes. */
  readonly size?: number;
  /** The address that the own row shows until the upload is done, where `file` is not an address. */
  readonly shownAs?: string;
  /** JSON. */
  readonly serverExtension?: string;
}

/** The methods of the message creators of both SDKs. The duration is in milliseconds. */
export interface FileMessageCreator<M> {
  createImageMessage(
    file: string | File,
    name?: string,
    sceneName?: string,
    width?: number,
    height?: number,
  ): M;
  createAudioMessage(file: string | File, name?: string, sceneName?: string, duration?: number): M;
  createVideoMessage(
    file: string | File,
    name?: string,
    sceneName?: string,
    duration?: number,
    width?: number,
    height?: number,
  ): M;
  createFileMessage(file: string | File, name?: string, sceneName?: string): M;
}

/**
 * The message of a file, for the SDK and for the own row. The SDK looks for the file in `path`, so only the copy for
 * the row has `shownAs` there.
 * @throws an error of the SDK when the file is neither a path nor a File
 */
export function fileMessage<M extends { readonly attachment?: unknown }>(
  creator: FileMessageCreator<M>,
  outgoing: OutgoingFile,
): { original: M; shown: M } {
  const { serverExtension, shownAs, size } = outgoing;
  const message = createMessage(creator, outgoing);
  const attachment = message.attachment as object;
  const original: M = { ...message, ...(serverExtension ? { serverExtension } : {}) };
  const changes = { ...(shownAs ? { path: shownAs } : {}), ...(size ? { size } : {}) };
  return { original, shown: { ...original, attachment: { ...attachment, ...changes } } };
}

function createMessage<M>(creator: FileMessageCreator<M>, outgoing: OutgoingFile): M {
  const { kind, file, name, width, height, duration } = outgoing;
  switch (kind) {
    case 'image':
      return creator.createImageMessage(file, name, undefined, width, height);
    case 'audio':
      return creator.createAudioMessage(file, name, undefined, duration);
    case 'video':
      return creator.createVideoMessage(file, name, undefined, duration, width, height);
    case 'file':
      return creator.createFileMessage(file, name);
  }
}
