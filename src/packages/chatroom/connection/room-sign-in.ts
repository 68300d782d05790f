import { ConnectionError } from '@/connection';
import { Code } from '@/sdk/codes';

type Provider = (roomId: string, accountId: string) => Promise<string>;

/** In every way: the extension that the app server's callback also checks. Requested before every attempt. */
interface WithExtension {
  readonly accountId: string;
  readonly loginExtensionProvider?: Provider | undefined;
}

/**
 * The ways into a room (docs/seed-map.md, seed 004, step 5). Providers are called before every attempt,
 * reconnects included, so that tokens and extensions are always fresh. Anonymous members receive only.
 */
export type RoomSignIn = WithExtension &
  /** `renewToken` is called once when the server refuses the token, before the visit ends. */
  (
    | { readonly way: 'static'; readonly token: string; readonly renewToken?: Provider }
    | { readonly way: 'dynamic'; readonly tokenProvider: Provider }
    | {
        readonly way: 'thirdParty';
        readonly loginExtensionProvider: Provider;
        readonly tokenProvider?: Provider;
      }
    | { readonly way: 'anonymous' }
  );

/** The credentials of one attempt. */
export interface Proof {
  accountId: string;
  anonymous: boolean;
  /** 0 static token, 1 dynamic token, 2 third-party callback. */
  authType: 0 | 1 | 2;
  token: string;
  loginExtension?: string;
}

/**
 * A provider threw. On entering this ends the visit (docs/seed-map.md, seed 004); a reconnect asks the
 * provider again.
 */
export class ProviderThrew extends ConnectionError {
  constructor(cause: unknown) {
    super(Code.callbackFailed, cause instanceof Error ? cause.message : undefined, { cause });
    this.name = 'ProviderThrew';
  }
}

/** Calls a provider, bounded in time; `name` is the provider's name. */
export type AskProvider = (name: string, provider: () => Promise<string>) => Promise<unknown>;

/**
 * Fetches the credentials of one attempt from the providers. `isTokenRefused`: the server has refused the static
 * token.
 * @throws ConnectionError with the code of a provider's own ConnectionError, 600106 when a provider answers
 * without a text, ProviderThrew (191003) for any other error of a provider, and the errors of `ask`
 */
export async function prepareProof(
  signIn: RoomSignIn,
  roomId: string,
  ask: AskProvider,
  isTokenRefused = false,
): Promise<Proof> {
  const { accountId } = signIn;
  const asked = async (name: string, provider: Provider | undefined) =>
    provider && textOf(name, await ask(name, () => called(provider, roomId, accountId)));
  const extension = await asked('loginExtensionProvider', signIn.loginExtensionProvider);
  const base = {
    accountId,
    anonymous: signIn.way === 'anonymous',
    ...(extension ? { loginExtension: extension } : {}),
  };
  switch (signIn.way) {
    case 'static':
      return {
        ...base,
        authType: 0,
        token: (isTokenRefused && (await asked('renewToken', signIn.renewToken))) || signIn.token,
      };
    case 'anonymous':
      return { ...base, authType: 0, token: '' };
    case 'dynamic':
      return {
        ...base,
        authType: 1,
        token: (await asked('tokenProvider', signIn.tokenProvider)) ?? '',
      };
    case 'thirdParty':
      return {
        ...base,
        authType: 2,
        token: (await asked('tokenProvider', signIn.tokenProvider)) ?? '',
      };
  }
}

/**
 * The code of a provider's own error when the reasons table has the code, for example a code of the app
 * server.
 */
async function called(provider: Provider, roomId: string, accountId: string): Promise<string> {
  try {
    return await provider(roomId, accountId);
  } catch (cause) {
    throw cause instanceof ConnectionError ? cause : new ProviderThrew(cause);
  }
}

function textOf(name: string, answer: unknown): string {
  if (typeof answer === 'string' && answer.trim() !== '') return answer;
  throw new ConnectionError(Code.noCredential, `${name} gave no text`);
}
