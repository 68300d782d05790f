import { createRequire } from 'node:module';
import { configure } from 'mobx';
import type { V2NIMMessage } from '@/sdk/types';

interface UiKitRoot {
  msgStore: {
    addMsg(conversationId: string, messages: V2NIMMessage[]): void;
    getMsg(conversationId: string): V2NIMMessage[];
  };
  uiStore: { selectConversation(conversationId: string): void };
}

interface UiKitModule {
  default: new (nim: unknown, options: object, platform?: string) => UiKitRoot;
}

/** The vendor's UI-kit store (@xkit-yx/im-store-v2 0.9.6), for comparison only. */
export class UiKitStore {
  private readonly root: UiKitRoot;

  constructor(private readonly conversationId: string) {
    // The store reports its start to the vendor's statistics host; this stub keeps the report on the machine.
    globalThis.fetch = () => new Promise(() => undefined);
    const theirs = createRequire(createRequire(__filename).resolve('@xkit-yx/im-store-v2'));
    // The vendor's MobX 6 and the app's MobX 7 have separate global state.
    configure({ isolateGlobalState: true });
    (theirs('mobx') as { configure: typeof configure }).configure({ isolateGlobalState: true });
    const { default: RootStore } = theirs('@xkit-yx/im-store-v2') as UiKitModule;
    this.root = new RootStore(silentNim(), { debug: 'off', aiVisible: false });
    // Only the open conversation keeps more than 20 messages.
    this.root.uiStore.selectConversation(conversationId);
  }

  get size(): number {
    return this.root.msgStore.getMsg(this.conversationId).length;
  }

  add(messages: readonly V2NIMMessage[]): void {
    this.root.msgStore.addMsg(this.conversationId, [...messages]);
  }
}

/** Creates an SDK without answers, because the store needs another version of the SDK (`getOptions`). */
function silentNim(): unknown {
  const service = new Proxy(
    {},
    {
      get: (_, name) =>
        name === 'on' || name === 'off' || name === 'once' ? () => undefined : async () => [],
    },
  );
  return new Proxy(
    {},
    {
      get: (_, name) => {
        if (name === 'options') return { appkey: 'bench' };
        if (name === 'getOptions') return () => ({});
        return service;
      },
    },
  );
}
