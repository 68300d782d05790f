import { makeObservable, observable, observableRef, runInAction } from 'mobx';
import { answered, ConnectionError, type ImConnection } from '@/connection';
import type { Clock } from '@/platform';
import type { V2NIMCollection, V2NIMMessage } from '@/sdk/types';
import { fieldsIn, numberIn, textIn } from '../messages/kinds/fields';

/** Yunxin's kits number collections by the type of the message, from here. */
const FIRST_TYPE = 1000;
const PAGE = 20;
/** V2NIMQueryDirection */
const NEWEST_FIRST = 0;
const MAX_TIME = 8.64e15;
/** Longest collection data that is read, characters. */
const DATA_LENGTH = 20_000;

/** A message of the collection, as it was when it was collected. */
export interface Favourite {
  readonly collection: V2NIMCollection;
  readonly messageType: number;
  readonly text: string;
  readonly attachment: unknown;
  readonly senderName: string;
  readonly messageClientId: string;
  readonly conversationId: string;
  /** Server time of the message, milliseconds; 0 when unknown. */
  readonly createTime: number;
}

/**
 * Adds a message to the collection of the account. The same message again replaces its entry.
 * @throws ConnectionError, 189301 above the limit of the collection
 */
export async function collect(
  connection: ImConnection,
  clock: Clock,
  message: V2NIMMessage,
  senderName: string,
): Promise<void> {
  const { messageType, text, attachment, messageClientId, conversationId, createTime } = message;
  const data = { text, attachment, senderName, messageClientId, conversationId, createTime };
  await answered(clock, () =>
    connection.services.message.addCollection({
      collectionType: FIRST_TYPE + messageType,
      collectionData: JSON.stringify(data),
      uniqueId: message.messageServerId,
    }),
  );
}

/** The collection of the account, page by page, of all kinds or of one kind. */
export class Favourites {
  readonly items = observable.array<Favourite>([], { deep: false });
  error: ConnectionError | null = null;
  isLoading = false;
  isReady = false;
  hasMore = true;
  /** A V2NIMMessageType; null for all. */
  messageType: number | null = null;
  private request: object | null = null;

  constructor(
    private readonly connection: ImConnection,
    private readonly clock: Clock,
  ) {
    makeObservable(this, {
      error: observableRef,
      isLoading: observableRef,
      isReady: observableRef,
      hasMore: observableRef,
      messageType: observableRef,
    });
  }

  /** Begins with the first page of a kind. */
  async show(messageType: number | null): Promise<void> {
    this.request = null;
    runInAction(() => {
      this.messageType = messageType;
      this.items.clear();
      this.isLoading = this.isReady = false;
      this.hasMore = true;
    });
    await this.more();
  }

  /** Requests the next page. A failure is in `error`. */
  async more(): Promise<void> {
    if (this.isLoading || !this.hasMore) return;
    const request = (this.request = {});
    runInAction(() => {
      this.isLoading = true;
      this.error = null;
    });
    const anchor = this.items.at(-1)?.collection;
    try {
      const { collectionList: list } = await answered(this.clock, () =>
        this.connection.services.message.getCollectionListExByOption({
          limit: PAGE,
          direction: NEWEST_FIRST,
          collectionType: this.messageType === null ? 0 : FIRST_TYPE + this.messageType,
          ...(anchor && { anchorCollection: anchor }),
        }),
      );
      if (this.request !== request) return;
      runInAction(() => {
        const known = new Set(this.items.map(({ collection }) => collection.collectionId));
        const fresh = list.filter(({ collectionId }) => !known.has(collectionId));
        this.items.push(...fresh.map(favouriteOf));
        // A short page is not the last page, and an empty page is.
        this.hasMore = fresh.length > 0;
        this.isReady = true;
        this.isLoading = false;
      });
    } catch (cause) {
      if (this.request !== request) return;
      runInAction(() => {
        this.error = ConnectionError.from(cause);
        this.isLoading = false;
      });
    }
  }

  /** @throws ConnectionError */
  async remove({ collection }: Favourite): Promise<void> {
    await answered(this.clock, () =>
      this.connection.services.message.removeCollections([collection]),
    );
    const { collectionId } = collection;
    const left = this.items.filter((one) => one.collection.collectionId !== collectionId);
    runInAction(() => this.items.replace(left));
  }
}

/** Data of another app may have any fields. */
function favouriteOf(collection: V2NIMCollection): Favourite {
  const data = dataOf(collection.collectionData);
  return {
    collection,
    messageType: collection.collectionType - FIRST_TYPE,
    text: textIn(data.text),
    attachment: data.attachment,
    senderName: textIn(data.senderName),
    messageClientId: textIn(data.messageClientId),
    conversationId: textIn(data.conversationId),
    createTime: numberIn(data.createTime, MAX_TIME),
  };
}

function dataOf(json: unknown): Readonly<Record<string, unknown>> {
  if (typeof json !== 'string' || json.length > DATA_LENGTH) return {};
  try {
    return fieldsIn(JSON.parse(json));
  } catch {
    return {};
  }
}
