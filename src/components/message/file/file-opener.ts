import Taro from '@tarojs/taro';
import { observable, runInAction } from 'mobx';
import { type Clock, systemClock } from '@/platform';
import { isDomainRefusal } from '@/sdk/domain-refusal';
import { isRemote } from '@/sdk/media-urls';
import type { ContentOf, MessageStatus, SettingsStore } from '@/stores';
import { oneLine } from '../../format/one-line';
import { copyText, inform, tellFailure, toast } from '../../page/dialogs';
import { wxAsk, wxCall, type WxOutcome } from '../../page/wx-call';
import { type Download, download, type DownloadResult } from './download';
import { extensionOf, type FileType, fileTypeOf } from '../../format/file-name';
import { fileTexts } from './texts';

/** The percentage of a running download, or that the server has no such file any more. */
export type FileState = number | 'gone';

interface FileRow {
  readonly messageClientId: string;
  readonly status: MessageStatus;
  readonly mine: boolean;
}

/** The types that wx.openDocument knows. */
const DOCUMENTS = ['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'pdf'] as const;
type DocumentType = (typeof DOCUMENTS)[number];

/** Opens the files of the messages on one page. */
export class FileOpener {
  private readonly states = observable.map<string, FileState>([], { deep: false });
  private readonly running = new Map<string, Download>();
  /** Temporary files by messageClientId, for as long as the page is open. */
  private readonly paths = new Map<string, string>();
  /** Files to forward with the next tap: WeChat forwards only in the turn of a tap. */
  private readonly toForward = new Set<string>();
  private isDisposed = false;

  constructor(
    private readonly settings: SettingsStore,
    private readonly clock: Clock = systemClock,
  ) {}

  stateOf(messageClientId: string): FileState | undefined {
    return this.states.get(messageClientId);
  }

  /** Downloads a file and opens it. A tap during the download does nothing. */
  async open(row: FileRow, content: ContentOf<'file'>): Promise<void> {
    const { messageClientId: id, status, mine } = row;
    if (this.running.has(id)) return;
    const { url, name, ext } = content;
    const isWeb = isRemote(url);
    if (process.env.TARO_ENV !== 'weapp') {
      if (isWeb) openInBrowser(url, oneLine(name));
      else if (status === 'sent' || !mine) this.setState(id, 'gone');
      return;
    }
    const extension = extensionOf(name, ext);
    // The path of an own file that is not uploaded yet.
    if (mine && status !== 'sent' && url) this.paths.set(id, url);
    const path = this.paths.get(id);
    if (path && this.toForward.delete(id)) return await this.forward(id, path, content);
    const type = fileTypeOf(extension);
    if (!isDocument(extension) && type !== 'image' && type !== 'video')
      return await this.offer(id, content);
    const file = path ?? (await this.fetch(id, url));
    if (file) await this.show(id, file, content, { extension, type });
  }

  /** Ends the downloads, when the page closes. */
  dispose(): void {
    this.isDisposed = true;
    for (const { abort } of [...this.running.values()]) abort();
  }

  private async show(
    id: string,
    path: string,
    content: ContentOf<'file'>,
    { extension, type }: { extension: string; type: FileType },
  ): Promise<void> {
    const shown = await showFile(path, extension, type);
    if (shown.ok || this.isDisposed) return;
    const { failure } = shown;
    // The content is not of the type that the name says, or this phone has no viewer.
    if (failure.kind === 'failed' || failure.kind === 'missing') await this.offer(id, content);
    else tellFailure(failure, this.settings.language);
  }

  /** Says that WeChat cannot open a file, and offers what it can do. */
  private async offer(id: string, content: ContentOf<'file'>): Promise<void> {
    const { language } = this.settings;
    const t = fileTexts(language);
    const isWeb = isRemote(content.url);
    const itemList = [t('forward'), ...(isWeb ? [t('copyLink')] : [])];
    const answer = await wxAsk(() =>
      Taro.showActionSheet({ alertText: t('cannotOpen'), itemList }),
    );
    if (!answer.ok) return tellFailure(answer.failure, language);
    if (answer.value.tapIndex === 1) {
      await copyText(content.url, language, t('linkCopied'));
      return;
    }
    const path = this.paths.get(id) ?? (await this.fetch(id, content.url));
    if (path) await this.forward(id, path, content);
  }

  private async forward(id: string, filePath: string, content: ContentOf<'file'>): Promise<void> {
    const { language } = this.settings;
    const t = fileTexts(language);
    const fileName = oneLine(content.name) || t('unnamed');
    const done = await wxAsk(() => Taro.shareFileMessage({ filePath, fileName }));
    if (done.ok || this.isDisposed) return;
    if (!/TAP gesture/i.test(done.failure.errMsg)) return tellFailure(done.failure, language);
    this.toForward.add(id);
    toast(t('tapAgain'));
  }

  /** The path of the downloaded file; undefined when there is none, after its reason is shown. */
  private async fetch(id: string, url: string): Promise<string | undefined> {
    if (!isRemote(url)) {
      this.setState(id, 'gone');
      return undefined;
    }
    const running = download(url, {
      clock: this.clock,
      onProgress: (percent) => this.setState(id, percent),
    });
    this.running.set(id, running);
    this.setState(id, 0);
    const result = await running.result;
    this.running.delete(id);
    this.setState(id, result.kind === 'gone' ? 'gone' : undefined);
    if (result.kind === 'file') {
      this.paths.set(id, result.path);
      return this.isDisposed ? undefined : result.path;
    }
    if (result.kind === 'failed' && !this.isDisposed) await this.tell(result, url);
    return undefined;
  }

  private async tell(
    { failure }: Extract<DownloadResult, { kind: 'failed' }>,
    url: string,
  ): Promise<void> {
    const t = fileTexts(this.settings.language);
    if (failure && isDomainRefusal(failure.errMsg)) {
      const [host = url] = /^https?:\/\/[^/?#]+/i.exec(url) ?? [];
      await inform(t('failed'), t('listHost', { host, list: 'downloadFile' }));
    } else toast(t('failed'));
  }

  private setState(id: string, state: FileState | undefined): void {
    runInAction(() => {
      if (state === undefined) this.states.delete(id);
      else this.states.set(id, state);
    });
  }
}

function isDocument(extension: string): extension is DocumentType {
  return (DOCUMENTS as readonly string[]).includes(extension);
}

function showFile(path: string, extension: string, type: FileType): Promise<WxOutcome<unknown>> {
  if (isDocument(extension))
    return wxCall(() => Taro.openDocument({ filePath: path, fileType: extension, showMenu: true }));
  if (type === 'image') return wxCall(() => Taro.previewImage({ current: path, urls: [path] }));
  return wxCall(() => Taro.previewMedia({ sources: [{ url: path, type: 'video' }] }));
}

/** The browser shows the file in a new tab, or saves it. */
function openInBrowser(url: string, name: string): void {
  const link = globalThis.document.createElement('a');
  link.href = url;
  link.download = name;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  link.click();
}
