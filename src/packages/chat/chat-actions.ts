import type { CommonEvent } from '@tarojs/components';
import { runInAction } from 'mobx';
import { ConnectionError } from '@/connection';
import { submitText } from '@/components/composer/submit-text';
import { mediaSource, type MediaSource } from '@/components/media/media-source';
import { MessageActions } from '@/components/message/message-actions';
import { messageTexts } from '@/components/message/texts';
import { confirm, toast } from '@/components/page/dialogs';
import { mediaUrls } from '@/sdk/media-urls';
import { routes } from '@/components/page/routes';
import { systemClock } from '@/platform';
import {
  type AccountStores,
  addressOf,
  type CallType,
  type Chat,
  contentOf,
  isLineKind,
  type MessageRow,
  type RootStore,
} from '@/stores';
import { chatMediaPage } from '@/stores/chat/chat-media';
import { Quotes } from '@/stores/chat/quotes';
import { Replying } from '@/stores/chat/replying';
import type { UnreadWalk } from '@/stores/chat/unread-walk';
import { quoteIn } from '@/stores/messages/kinds/quote';
import { obstacleOf } from './forward/obstacles';
import { startForward } from './forward/start-forward';
import { forwardTexts } from './forward/texts';
import { UndoDelete } from './undo-delete';
import { Recalling } from './recalling';
import { readersRoute } from './readers/readers-route';
import { MOST_CHOSEN, Selection } from './selection';
import { ActHandlers, actRows, isOnServer } from './act-handlers';
import type { MentionWriter } from './mention/mention-writer';
import { askToBefriend } from '@/stores/people/friend-answers';
import { showMessage } from './show-message';
import { chatTexts } from './texts';

/** V2NIMConversationType of a conversation between two. */
const P2P = 1;

/** The actions on the messages of a chat. */
export class ChatActions extends MessageActions<MessageRow> {
  readonly quotes: Quotes;
  readonly replying: Replying;
  readonly selection = new Selection();
  readonly undo = new UndoDelete(systemClock, (rows) => this.remove(rows));
  readonly extras: ActHandlers;
  private readonly recalling: Recalling;
  private readonly account: AccountStores;
  readonly mediaUrls = mediaUrls(() => this.chat.creator);
  protected override readonly nameOf = ({ conversationId, senderId }: MessageRow): string =>
    this.account.nameIn(conversationId, senderId);
  protected readonly table = [
    this.copyAction,
    {
      text: () => this.chatT('reply'),
      isFor: (row: MessageRow) => this.canReply(row),
      run: (row: MessageRow) => this.reply(row),
    },
    {
      text: () => forwardTexts(this.root.settings.language)('action'),
      isFor: (row: MessageRow) => obstacleOf(row, 'oneByOne') === null,
      run: (row: MessageRow) => this.forward([row]),
    },
    this.earpieceAction,
    this.selectAction,
    this.saveAction,
    ...actRows(() => this.extras),
    {
      text: () => this.t('chat.recall'),
      isFor: (row: MessageRow) => !row.recalled && this.recalling.isFor(row),
      run: (row: MessageRow) => void this.recalling.run(row),
    },
    {
      text: () => this.t('common.delete'),
      isFor: () => true,
      run: (row: MessageRow) => void this.takeAway([row]),
    },
    {
      text: () => this.extras.reportText,
      isFor: (row: MessageRow) => this.extras.canReport(row),
      run: (row: MessageRow) => this.extras.report(row),
    },
    {
      text: () => this.chatT('select.several'),
      isFor: ({ recalled }: MessageRow) => !recalled,
      run: (row: MessageRow) => this.selection.begin(row),
    },
  ];

  constructor(
    private readonly chat: Chat,
    root: RootStore,
    navigate: (url: string) => void,
    readonly unread: Pick<UnreadWalk, 'isFirst'>,
  ) {
    super(
      root,
      {
        row: (id) => chat.row(id),
        rows: () =>
          [...[...chat.history].reverse(), ...chat.live].filter((row) => !this.hides(row)),
        resend: (row) => chat.resend(row),
      },
      navigate,
    );
    // The actions of a page exist while somebody is signed in.
    const account = root.account as AccountStores;
    this.account = account;
    const { connection, conversations } = account;
    this.extras = new ActHandlers({
      root,
      account,
      chat,
      inlet: this.inlet,
      attempt: (request) => void this.attempt(request),
      onEdit: () => this.replying.cancel(),
    });
    this.recalling = new Recalling({
      root,
      account,
      chat,
      attempt: (request) => this.attempt(request),
    });
    this.quotes = new Quotes({
      chat,
      connection,
      removed: conversations.removed,
      clock: systemClock,
    });
    this.replying = new Replying(chat.conversationId, (quote) => this.quotes.of(quote));
  }

  /** The properties of a row while several messages are chosen: a tap chooses it, or takes it back. */
  choosable(messageClientId: string): object {
    if (!this.selection.isActive) return {};
    const ariaChecked = this.selection.has(messageClientId);
    return {
      'data-id': messageClientId,
      ariaChecked,
      onClick: this.choose,
    };
  }

  private readonly choose = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    if (row && !this.selection.toggle(row))
      toast(this.chatT('select.most', { count: MOST_CHOSEN }));
  };

  readonly removeChosen = (): void => void this.takeAway(this.selection.rows());

  override dispose(): void {
    super.dispose();
    this.undo.commit();
    this.quotes.dispose();
  }

  /** Whether the server has the message, and something can be written in the chat. */
  private canReply(row: MessageRow): boolean {
    const isOpen = !this.root.account?.closedOf(this.chat.conversationId);
    return isOpen && isOnServer(row) && !isLineKind(row.kind);
  }

  /** Answers a message: the strip over the composer shows it, and the keyboard opens. */
  reply({ message }: MessageRow): void {
    this.extras.editing.cancel();
    this.replying.start(message);
    this.inlet.edit((text) => text);
  }

  get edited() {
    return this.extras.edited;
  }

  /** Sends the composer's text, or saves it when a message is edited. */
  readonly submit = (text: string): void => {
    const { row } = this.extras.editing;
    const send = this.mentions?.prepare(text);
    const place = { id: this.chat.conversationId, kind: row ? 'edit' : 'message' } as const;
    submitText(text, place, this.inlet, (checked) => {
      // The edit was cancelled while the product checked its text.
      if (row && this.extras.editing.row !== row) return;
      if (row) this.extras.save(checked);
      else if (send) send(this.chat, checked);
      else this.chat.sendText(checked);
    });
  };

  /** Answers a swiped message. The row moves and the strip opens in one setData. */
  readonly swiped = (messageClientId: string): void => {
    const row = this.chat.row(messageClientId);
    if (!row || this.selection.isActive || !this.canReply(row)) return;
    row.effect = row.effect === 'sw' ? 'sw2' : 'sw';
    this.reply(row);
  };

  readonly forwardChosen = (): void => {
    const rows = this.selection.rows();
    if (rows.length > 0) this.forward(rows, () => this.selection.end());
  };

  private forward(rows: readonly MessageRow[], onSent: () => void = () => undefined): void {
    const { conversationId } = this.chat;
    const { language } = this.root.settings;
    void startForward({ conversationId, rows, language, navigate: this.navigate, onSent });
  }

  /** Leads to the message that a reply quotes. */
  readonly showQuoted = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    const quote = row && quoteIn(row.message);
    if (!quote) return;
    // A recalled message still has a line in the list, which says nothing of what was quoted.
    if (this.quotes.of(quote) === 'gone') toast(this.chatT('message.gone'));
    else void showMessage(this.chat, quote);
  };

  readonly reEdit = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    const text = row?.reEditText;
    if (!text) return;
    const quote = quoteIn(row.message);
    if (quote) this.replying.start(quote);
    this.inlet.edit(() => text);
  };

  /** Writes a mention of the sender; in teams only. Set by the composer. */
  mention: (senderId: string) => void = () => undefined;
  /** The mentions in the composer of a team. */
  mentions: MentionWriter | null = null;

  /** A tap on the state beside an own message: sends a failed message again, or opens the page of its readers. */
  readonly openState = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    if (!row) return;
    if (row.status === 'failed') this.resend(event);
    else if (this.root.settings.readMarks && this.extras.acts.readCounts.of(row.messageClientId))
      this.navigate(readersRoute(row.message));
  };

  readonly openPerson = (accountId: string): void => {
    if (!this.selection.isActive) this.navigate(routes.card(accountId));
  };

  readonly callBack = (event: CommonEvent): void => {
    const row = this.rowOf(event);
    const record = row && contentOf(row, 'call');
    if (record) void this.askToCall(record.type);
  };

  private async askToCall(type: CallType): Promise<void> {
    const { account } = this.root;
    const { type: conversationType, targetId } = addressOf(this.chat.conversationId);
    if (!account || conversationType !== P2P || targetId === account.accountId) return;
    const isSure = await confirm({
      title: this.t(type === 'video' ? 'call.video' : 'call.audio'),
      content: account.nameIn(this.chat.conversationId, targetId),
      confirmText: this.t('common.ok'),
      cancelText: this.t('common.cancel'),
    });
    if (!isSure) return;
    account.call.start(targetId, type);
    this.navigate(routes.call);
  }

  readonly befriend = (): void => {
    const { account, settings } = this.root;
    void this.attempt(async () => {
      if (account) await askToBefriend(account, this.chat.targetId);
      toast(messageTexts(settings.language)('befriended'));
    });
  };

  protected override mediaSource(): MediaSource {
    const { conversationId, history, live, hasOlder, hasNewer } = this.chat;
    const { account } = this.root;
    return mediaSource({
      messages: [...[...history].reverse(), ...live]
        .filter((row) => !row.recalled && !this.hides(row))
        .map(({ message }) => message),
      hasOlder,
      hasNewer,
      urls: this.mediaUrls,
      page: async (side, beside) =>
        account ? await chatMediaPage(account, conversationId, side, beside) : [],
    });
  }

  /** Deletes messages, and says why when the server refuses. An end of the login is no refusal. */
  private async remove(rows: readonly MessageRow[]): Promise<void> {
    try {
      await this.chat.remove(...rows);
    } catch (cause) {
      if (this.root.account === this.account)
        await this.attempt(() => Promise.reject(ConnectionError.from(cause)));
    }
  }

  private get chatT() {
    return chatTexts(this.root.settings.language);
  }

  /** Whether the message left the screen and is not deleted yet. */
  hides({ messageClientId }: { readonly messageClientId: string }): boolean {
    return this.undo.hides(messageClientId);
  }

  /** Deletes messages with a way back. Messages that are not sent yet have none: they might be sent meanwhile. */
  private async takeAway(rows: readonly MessageRow[]): Promise<void> {
    if (rows.length === 0) return;
    if (!rows.every(({ message }) => message.messageServerId)) return await this.askToRemove(rows);
    runInAction(() => {
      this.selection.end();
      this.undo.begin(rows);
    });
  }

  private async askToRemove(rows: readonly MessageRow[]): Promise<void> {
    const isSure = await confirm({
      content:
        rows.length === 1
          ? this.t('chat.deleteConfirm')
          : this.chatT('select.deleteConfirm', { count: rows.length }),
      confirmText: this.t('common.delete'),
      cancelText: this.t('common.cancel'),
    });
    if (!isSure) return;
    this.selection.end();
    await this.remove(rows);
  }
}
