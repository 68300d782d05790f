import type { LegacyIm } from '@/sdk/legacy-im';
import type { SharedNimClass } from '@/sdk/shared-nim';

/** What the server side gave when it created a room account bound to an IM account (docs/app-server.md). */
export interface RoomAccount {
  readonly userUuid: string;
  readonly userToken: string;
}

/** The ways kits have to sign in; which of them a kit offers is in `RoomKit.ways`. */
export type KitLogin =
  | ({ readonly way: 'token' } & RoomAccount)
  /** A token that expires. `authType` as the kit's server gave it. */
  | ({ readonly way: 'dynamicToken'; readonly authType?: string } & RoomAccount)
  /** The kit asks its server for the room account of the IM account that is signed in. */
  | { readonly way: 'im' };

export type KitLoginWay = KitLogin['way'];

/** What `initialize` is given: seeds 000 and 002, step 2. */
export interface KitSetup {
  readonly appKey: string;
  readonly im: LegacyIm;
}

/**
 * A room kit (NERoom, NEMeetingKit, or another that shares the IM) behind one small interface. Failures
 * are whatever the kit rejects with; `RoomKitError.at` reads codes and texts out of it.
 */
export interface RoomKit {
  /** As the inspector and the page name it. */
  readonly name: string;
  /** Absent in kits that find a signed-in IM by themselves (NEMeetingKit 3.13 on): they need no wrapping. */
  readonly reuseIM?: (nim: SharedNimClass) => SharedNimClass | undefined;
  readonly ways: readonly KitLoginWay[];
  /** Host names of sockets that the kit opens beside those of the rooms it asks the IM for. */
  readonly socketHosts?: readonly string[];
  initialize(setup: KitSetup): Promise<void>;
  login(login: KitLogin): Promise<void>;
  logout(): Promise<void>;
}
