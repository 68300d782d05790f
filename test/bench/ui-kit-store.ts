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
    // It reports its start to the vendor's statistics host; nothing leaves this machine from here.
    globalThis.fetch = () => new Promise(() => undefined);
    const theirs = createRequire(createRequire(__filename).resolve('@xkit-yx/im-store-v2'));
    // Their MobX 6 beside our MobX 7: each with a state of its own, as if the other were not there.
    configure({ isolateGlobalState: true });
    (theirs('mobx') as { configure: typeof configure }).configure({ isolateGlobalState: true });
    const { default: RootStore } = theirs('@xkit-yx/im-store-v2') as UiKitModule;
    this.root = new RootStore(silentNim(), { debug: 'off', aiVisible: false });
    // Only the conversation that is open keeps more than 20 messages.
    this.root.uiStore.selectConversation(conversationId);
  }

  get size(): number {
    return this.root.msgStore.getMsg(this.conversationId).length;
  }

  add(messages: readonly V2NIMMessage[]): void {
    this.root.msgStore.addMsg(this.conversationId, [...messages]);
  }
}

/** An SDK that says nothing: the store is built against another version of it (`getOptions`). */
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
