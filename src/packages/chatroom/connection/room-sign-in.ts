import { ConnectionError } from '@/connection';

/**
 * The ways into a room (seed 004, step 5). Providers are asked before every attempt, reconnects included, so
 * that what they give is always fresh. Who is anonymous receives only.
 */
export type RoomSignIn =
  | { readonly way: 'static'; readonly accountId: string; readonly token: string }
  | {
      readonly way: 'dynamic';
      readonly accountId: string;
      readonly tokenProvider: (roomId: string, accountId: string) => Promise<string>;
      readonly loginExtensionProvider?: (roomId: string, accountId: string) => Promise<string>;
    }
  | {
      readonly way: 'thirdParty';
      readonly accountId: string;
      readonly loginExtensionProvider: (roomId: string, accountId: string) => Promise<string>;
      readonly tokenProvider?: (roomId: string, accountId: string) => Promise<string>;
    }
  | { readonly way: 'anonymous'; readonly accountId: string };

/** What one attempt proves itself with. */
export interface Proof {
  accountId: string;
  anonymous: boolean;
  /** 0 static token, 1 dynamic token, 2 third-party callback. */
  authType: 0 | 1 | 2;
  token: string;
  loginExtension?: string;
}

const CALLBACK_FAILED = 191003;

/** @throws ConnectionError 191003 when a provider fails or gives nothing; the caller retries. */
export async function prepareProof(signIn: RoomSignIn, roomId: string): Promise<Proof> {
  const { accountId } = signIn;
  try {
    switch (signIn.way) {
      case 'static':
        return { accountId, anonymous: false, authType: 0, token: signIn.token };
      case 'anonymous':
        return { accountId, anonymous: true, authType: 0, token: '' };
      case 'dynamic': {
        const token = required(await signIn.tokenProvider(roomId, accountId), 'token');
        const loginExtension = await signIn.loginExtensionProvider?.(roomId, accountId);
        return {
          accountId,
          anonymous: false,
          authType: 1,
          token,
          ...(loginExtension ? { loginExtension } : {}),
        };
      }
      case 'thirdParty':
        return {
          accountId,
          anonymous: false,
          authType: 2,
          loginExtension: required(
            await signIn.loginExtensionProvider(roomId, accountId),
            'loginExtension',
          ),
          token: (await signIn.tokenProvider?.(roomId, accountId)) ?? '',
        };
    }
  } catch (cause) {
    throw new ConnectionError(CALLBACK_FAILED, cause instanceof Error ? cause.message : undefined, {
      cause,
    });
  }
}

function required(value: string, name: string): string {
  if (value) return value;
  throw new Error(`the provider gave no ${name}`);
}
