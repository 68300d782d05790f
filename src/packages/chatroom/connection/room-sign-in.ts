import { ConnectionError } from '@/connection';

type Provider = (roomId: string, accountId: string) => Promise<string>;

/** In every way: what the app server's callback checks besides. Asked before every attempt. */
interface WithExtension {
  readonly accountId: string;
  readonly loginExtensionProvider?: Provider | undefined;
}

/**
 * The ways into a room (seed 004, step 5). Providers are asked before every attempt, reconnects included, so
 * that what they give is always fresh. Anonymous members receive only.
 */
export type RoomSignIn = WithExtension &
  (
    | { readonly way: 'static'; readonly token: string }
    | { readonly way: 'dynamic'; readonly tokenProvider: Provider }
    | {
        readonly way: 'thirdParty';
        readonly loginExtensionProvider: Provider;
        readonly tokenProvider?: Provider;
      }
    | { readonly way: 'anonymous' }
  );

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
const NO_CREDENTIAL = 600106;

/** A provider threw. On entering this ends the visit (seed 004); a reconnect asks again. */
export class ProviderThrew extends ConnectionError {
  constructor(cause: unknown) {
    super(CALLBACK_FAILED, cause instanceof Error ? cause.message : undefined, { cause });
    this.name = 'ProviderThrew';
  }
}

/** Asks a provider, bounded in time; `name` says which. */
export type AskProvider = (name: string, provider: () => Promise<string>) => Promise<unknown>;

/**
 * Asks the providers for what one attempt proves itself with.
 * @throws ConnectionError with the code of a provider's own ConnectionError, 600106 when a provider answers
 * with no text, ProviderThrew (191003) for everything else that a provider throws, what `ask` throws
 */
export async function prepareProof(
  signIn: RoomSignIn,
  roomId: string,
  ask: AskProvider,
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
      return { ...base, authType: 0, token: signIn.token };
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

/** A provider's own words, when it has a code of the reasons table; the code of the app server, say. */
async function called(provider: Provider, roomId: string, accountId: string): Promise<string> {
  try {
    return await provider(roomId, accountId);
  } catch (cause) {
    throw cause instanceof ConnectionError ? cause : new ProviderThrew(cause);
  }
}

function textOf(name: string, answer: unknown): string {
  if (typeof answer === 'string' && answer.trim() !== '') return answer;
  throw new ConnectionError(NO_CREDENTIAL, `${name} gave no text`);
}
