import type { LegacyIm } from '@/sdk/legacy-im';
import type { SharedNimClass } from '@/sdk/shared-nim';

/** What the server side gave when it created a room account bound to an IM account (docs/app-server.md). */
export interface RoomAccount {
  readonly userUuid: string;
  readonly userToken: string;
  /** The IM account that the room account is bound to, where the server tells it. */
  readonly imAccid?: string;
}

/** The ways kits have to sign in; which of them a kit offers is in `KitInstance.ways`. */
export type KitLogin = RoomAccount &
  (
    | { readonly way: 'token' }
    /** A token that expires. `authType` as the kit's server gave it. */
    | { readonly way: 'dynamicToken'; readonly authType?: string }
    /** `userToken` is a dynamic token; the kit asks its server with the token of the IM login as well. */
    | { readonly way: 'im' }
  );

export type KitLoginWay = KitLogin['way'];

/** What `initialize` is given: seeds 000 and 002, step 2. */
export interface KitSetup {
  readonly appKey: string;
  readonly im: LegacyIm;
}

/**
 * A kit for one IM login. Failures are whatever the kit rejects with; `RoomKitError.at` reads codes and
 * texts out of it.
 */
export interface KitInstance {
  /** Absent in kits that find a signed-in IM by themselves (NEMeetingKit 3.13 on): they need no wrapping. */
  readonly reuseIM?: (nim: SharedNimClass) => SharedNimClass | undefined;
  /** Known after `initialize`; before it a kit has no account service. */
  readonly ways: readonly KitLoginWay[];
  initialize(setup: KitSetup): Promise<void>;
  login(login: KitLogin): Promise<void>;
  logout(): Promise<void>;
  /** The IM account of the room account that is signed in, where the kit tells it. */
  imAccount?(): string | undefined;
  /** The IM login is over: the kit lets go of it. */
  end?(): unknown;
}

/** A room kit (NERoom, NEMeetingKit, or another that shares the IM) behind one small interface. */
export interface RoomKit {
  /** As the inspector and the page name it. */
  readonly name: string;
  /** Host names of sockets that the kit opens beside those of the rooms it asks the IM for. */
  readonly socketHosts?: readonly string[];
  /**
   * Makes the kit for one IM login. NERoom 3.12 ignores a second `initialize` and NEMeetingKit's
   * `actions.init` never answers it, so each login gets an instance of its own.
   */
  create(): KitInstance;
}
