import type { LegacyIm } from '@/sdk/legacy-im';
import type { SharedNimClass } from '@/sdk/shared-nim';

/** The server's answer when it created a room account bound to an IM account (docs/app-server.md). */
export interface RoomAccount {
  readonly userUuid: string;
  readonly userToken: string;
  /** The IM account that the room account is bound to, where the server tells it. */
  readonly imAccid?: string;
}

/** The ways in which kits sign in; `KitInstance.ways` has those that a kit offers. */
export type KitLogin = RoomAccount &
  (
    | { readonly way: 'token' }
    /** A token that expires. `authType` is the value from the kit's server. */
    | { readonly way: 'dynamicToken'; readonly authType?: string }
    /** `userToken` is a dynamic token; the kit also asks its server with the token of the IM login. */
    | { readonly way: 'im' }
  );

export type KitLoginWay = KitLogin['way'];

/** The parameters of `initialize`: docs/seed-map.md, seeds 000 and 002, step 2. */
export interface KitSetup {
  readonly appKey: string;
  readonly im: LegacyIm;
}

/** A kit for one IM login. It may reject with anything; `MeetingKitError.at` reads codes and texts from it. */
export interface KitInstance {
  /** Missing in kits that find a signed-in IM by themselves (NEMeetingKit 3.13 on): these kits need no wrapping. */
  readonly reuseIM?: (nim: SharedNimClass) => SharedNimClass | undefined;
  /** Known after `initialize`; before that call a kit has no account service. */
  readonly ways: readonly KitLoginWay[];
  initialize(setup: KitSetup): Promise<void>;
  login(login: KitLogin): Promise<void>;
  logout(): Promise<void>;
  /** The IM account of the signed-in room account, where the kit tells it. */
  imAccount?(): string | undefined;
  /** Called after the end of the IM login: the kit releases its resources. */
  end?(): unknown;
}

/** The interface to a meeting kit (NERoom, NEMeetingKit, or another kit that shares the IM login). */
export interface MeetingKit {
  /** The name that the inspector and the page show. */
  readonly name: string;
  /** Hosts of sockets that the kit opens besides those of the rooms for which it asks the IM. */
  readonly socketHosts?: readonly string[];
  /**
   * Creates the kit for one IM login. NERoom 3.12 ignores a second `initialize` and NEMeetingKit's
   * `actions.init` never answers it, so each login gets an instance of its own.
   */
  create(): KitInstance;
}
