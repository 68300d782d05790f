import type { CommonEvent } from '@tarojs/components';
import { appTexts } from '@/i18n';
import { systemClock } from '@/platform';
import {
  contentOf,
  copyTextOf,
  type MessageKind,
  type MessageStatus,
  type RootStore,
} from '@/stores';
import { textParts } from '@/stores/messages/kinds/text-parts';
import type { MediaUrls } from '@/sdk/media-urls';
import { ComposerInlet } from '../composer/composer-inlet';
import { mediaItem, type MediaMessage } from '../media/media-item';
import { mediaRequests } from '../media/media-request';
import type { MediaSource } from '../media/media-source';
import { saveMedia } from '../media/save-media';
import { mediaTexts } from '../media/texts';
import { attempt } from '../page/attempt';
import { confirm, copyText, tellFailure, toast } from '../page/dialogs';
import { reasonText } from '../page/reason-text';
import { voiceTexts } from '../voice/texts';
import { voiceItem, VoiceRows } from '../voice/voice-rows';
import { voiceOf } from '../voice/voice';
import { routes } from '../page/routes';
import { BubbleMenuPort, type MenuItem } from '../ui/bubble-menu';
import { openMark } from './open-mark';
import { sentenceOf } from './sentence';
import { messageTexts } from './texts';

/** Longest time between the two taps of a double tap, ms. */
const DOUBLE_TAP_MS = 300;
import { FileOpener } from './file/file-opener';
import { openPlace } from './place/open-place';

/** A row of the menu that a long press opens. */
interface MessageAction<Row> {
  readonly text: () => string;
  readonly isFor: (row: Row) => boolean;
  readonly run: (row: Row) => void;
}

interface ActionRow {
  readonly messageClientId: string;
  readonly createTime: number;
  readonly mine: boolean;
  readonly kind: MessageKind;
  readonly content: unknown;
  readonly status: MessageStatus;
  readonly errorCode: number;
  readonly recalled: boolean;
  readonly message: MediaMessage;
}

/** The calls that every kind of conversation has. */
interface MessageCommands<Row> {
  row(messageClientId: string): Row | undefined;
  /** Oldest first. */
  rows(): readonly Row[];
  resend(row: Row): void;
}

/**
 * The handlers of the messages of a chat or a room. All rows share the same functions and are found by
 * `data-id`, so that no row carries closures of its own.
 */
export abstract class MessageActions<Row extends ActionRow> {
  readonly menu = new BubbleMenuPort<Row>();
  readonly inlet = new ComposerInlet();
  /** For the player of voice messages. */
  readonly voices = new VoiceRows(
    () => this.commands.rows(),
    () => voiceOf(this.root).heard,
  );
  private readonly files: FileOpener;
  /** The name of the sender, as the conversation shows it. */
  protected abstract nameOf(row: Row): string;
  /** All rows of the menu, in their order. */
  protected abstract readonly table: readonly MessageAction<Row>[];
  /** The button that confirms a resend. */
  protected readonly resendText: () => string = () => this.t('chat.resend');
  protected readonly copyAction: MessageAction<Row> = {
    text: () => this.t('chat.copy'),
    isFor: (row) => !row.recalled && copyTextOf(row) !== undefined,
    run: (row) => this.copy(copyTextOf(row) ?? ''),
  };
  /** Only WeChat has the choice between earpiece and speaker. */
  protected readonly earpieceAction: MessageAction<Row> = {
    text: () => this.voiceT(voiceOf(this.root).output.earpiece ? 'bySpeaker' : 'byEarpiece'),
    isFor: ({ kind, recalled }) =>
      process.env.TARO_ENV === 'weapp' && kind === 'audio' && !recalled,
    run: () => void this.switchEarpiece(),
  };

  protected readonly selectAction: MessageAction<Row> = {
    text: () => messageTexts(this.root.settings.language)('select'),
    isFor: (row) => !row.recalled && row.kind === 'text',
    run: (row) => this.select(row),
  };
  /** Puts a picture or a video into the album. */
  protected readonly saveAction: MessageAction<Row> = {
    text: () => mediaTexts(this.root.settings.language)('save'),
    isFor: ({ message, recalled }) => !recalled && mediaItem(message, undefined) !== null,
    run: ({ message }) => {
      const item = mediaItem(message, undefined);
      if (item) void saveMedia(item, this.root.settings.language);
    },
  };
  /** A message as a sentence for a screen reader. */
  readonly sentence = (messageClientId: string): string => {
    const row = this.commands.row(messageClientId);
    const { language } = this.root.settings;
    if (!row) return '';
    const name = row.mine ? messageTexts(language)('me') : this.nameOf(row);
    return sentenceOf(row, name, language);
  };
  abstract readonly mediaUrls: MediaUrls;
  private lastTap = { id: '', at: 0 };

  constructor(
    protected readonly root: RootStore,
    private readonly commands: MessageCommands<Row>,
    protected readonly navigate: (url: string) => void,
  ) {
    this.files = new FileOpener(root.settings);
  }

  /** Ends what the messages of the page have started, when the page closes. */
  dispose(): void {
    this.files.dispose();
  }

  readonly openMenu = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    if (row) this.menu.open(row);
  };

  /** Shows a picture or a video full screen, among those of the conversation. */
  readonly preview = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    const item = row && mediaItem(row.message, this.mediaUrls);
    if (!item) return;
    if (item.kind === 'video') mediaRequests.video = item;
    else mediaRequests.viewer = { source: this.mediaSource(), id: item.id };
    this.navigate(item.kind === 'video' ? routes.video : routes.viewer);
  };

  readonly openMark = (event: CommonEvent): void => {
    event.stopPropagation();
    const row = this.rowOf(event);
    const content = row && contentOf(row, 'text');
    const { mark } = event.currentTarget.dataset as { mark?: number | string };
    const part = content && textParts(content)?.[Number(mark)];
    if (part && typeof part !== 'string' && part.type !== 'mention')
      void openMark(part, this.root.settings.language);
  };

  readonly tapText = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    if (!row) return;
    const { messageClientId: id } = row;
    const at = systemClock.now();
    const isSecond = this.lastTap.id === id && at - this.lastTap.at < DOUBLE_TAP_MS;
    this.lastTap = isSecond ? { id: '', at } : { id, at };
    if (isSecond) this.select(row);
  };

  readonly openFile = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    const content = row && contentOf(row, 'file');
    if (content) void this.files.open(row, content);
  };

  readonly fileState = (messageClientId: string) => this.files.stateOf(messageClientId);

  readonly openPlace = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    const content = row && contentOf(row, 'location');
    if (content) void openPlace(content, this.root.settings.language);
  };

  readonly resend = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    if (row?.status === 'failed') void this.askToResend(row);
  };

  readonly playVoice = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    const item = row && voiceItem(row);
    if (item) voiceOf(this.root).tap(item, this.voices);
  };

  readonly itemsFor = (row: Row): MenuItem[] =>
    this.table
      .filter(({ isFor }) => isFor(row))
      .map(({ text, run }) => ({ text: text(), run: () => run(row) }));

  copy(text: string, notice?: string): void {
    void copyText(text, this.root.settings.language, notice);
  }

  /** Runs an action that the server may refuse, and says the reason when it does. */
  async attempt(action: () => Promise<unknown>): Promise<void> {
    await attempt(action, this.root.settings.language);
  }

  /** The pictures and videos of the conversation. */
  protected abstract mediaSource(): MediaSource;

  protected get t() {
    return appTexts(this.root.settings.language);
  }

  protected rowOf({ currentTarget }: CommonEvent): Row | undefined {
    const { id } = currentTarget.dataset as { id?: string };
    return id === undefined ? undefined : this.commands.row(id);
  }

  private get voiceT() {
    return voiceTexts(this.root.settings.language);
  }

  private async switchEarpiece(): Promise<void> {
    const { output } = voiceOf(this.root);
    const done = await output.use(!output.earpiece);
    if (!done.ok) tellFailure(done.failure, this.root.settings.language);
    else toast(this.voiceT(output.earpiece ? 'earpieceOn' : 'speakerOn'));
  }

  /** Opens the page on which a part of the text can be selected. */
  private select(row: Row): void {
    this.root.textToSelect = contentOf(row, 'text')?.text ?? '';
    if (this.root.textToSelect) this.navigate(routes.selectText);
  }

  private async askToResend(row: Row): Promise<void> {
    const isSure = await confirm({
      title: this.t('chat.resendTitle'),
      content: row.errorCode ? reasonText(row.errorCode, this.root.settings.language) : '',
      confirmText: this.resendText(),
      cancelText: this.t('common.cancel'),
    });
    if (isSure) this.commands.resend(row);
  }
}
