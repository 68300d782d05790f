import { ConnectionError } from '@/connection';
import { Code } from '@/sdk/codes';

/** Optional fields of this client when it enters (docs/seed-map.md, seed 004, `enterParams`). */
export interface EnterParams {
  /** Nick for the other members; without a nick they see the profile's name. */
  roomNick?: string;
  roomAvatar?: string;
  /** Seconds until entering counts as failed; 60 unless told. */
  timeout?: number;
  /** Kept with the member, at most 4096 characters. */
  serverExtension?: string;
  /** Sent with the notification of this entering, at most 2048 characters. */
  notificationExtension?: string;
  /** The tags of this client, and the clients that are notified of the entering (a tag expression). */
  tagConfig?: { tags: string[]; notifyTargetTags?: string };
  /** Location of this client, and the largest distance of messages that it receives. */
  locationConfig?: { locationInfo?: { x?: number; y?: number; z?: number }; distance: number };
  antispamConfig?: { antispamBusinessId: string };
}

export const DEFAULT_TIMEOUT_SECONDS = 60;
const SERVER_EXTENSION_LIMIT = 4096;
const NOTIFICATION_EXTENSION_LIMIT = 2048;

/** A parameter that the server would refuse: its name and its rule. Code 191004. */
export class InvalidParameter extends ConnectionError {
  constructor(
    readonly field: string,
    /** The largest accepted length or number; undefined when the rule is not about size. */
    readonly limit: number | undefined,
    problem: string,
  ) {
    super(Code.invalidParameter, `${field} ${problem}`);
    this.name = 'InvalidParameter';
  }
}

/**
 * Checks the fields of an entering before a socket opens: the SDK checks types only, and the server answers
 * with a bare 414.
 * @throws InvalidParameter (191004) naming the field and its limit
 */
export function checkEnterParams(roomId: string, params: EnterParams): void {
  if (!/^\d+$/.test(roomId)) throw new InvalidParameter('roomId', undefined, 'is not a number');
  const { timeout, tagConfig, locationConfig, antispamConfig } = params;
  atMost('serverExtension', params.serverExtension, SERVER_EXTENSION_LIMIT);
  atMost('notificationExtension', params.notificationExtension, NOTIFICATION_EXTENSION_LIMIT);
  if (timeout !== undefined && !(timeout > 0 && Number.isFinite(timeout)))
    throw new InvalidParameter('timeout', undefined, 'is not a positive number of seconds');
  if (tagConfig?.tags.some((tag) => tag === ''))
    throw new InvalidParameter('tagConfig.tags', undefined, 'has an empty tag');
  if (locationConfig) checkLocation(locationConfig);
  if (antispamConfig && !antispamConfig.antispamBusinessId)
    throw new InvalidParameter('antispamConfig.antispamBusinessId', undefined, 'is empty');
}

/** @throws InvalidParameter (191004) */
export function checkLocation({
  distance,
  locationInfo = {},
}: NonNullable<EnterParams['locationConfig']>): void {
  if (!(distance >= 0))
    throw new InvalidParameter('locationConfig.distance', undefined, 'is not a distance');
  for (const [axis, value] of Object.entries(locationInfo))
    if (!Number.isFinite(value))
      throw new InvalidParameter(
        `locationConfig.locationInfo.${axis}`,
        undefined,
        'is not a number',
      );
}

/** @throws InvalidParameter (191004) when there is no account, or no token although the way needs a token */
export function checkSignIn(signIn: { way: string; accountId: string; token?: string }): void {
  if (!signIn.accountId.trim()) throw new InvalidParameter('accountId', undefined, 'is empty');
  if (signIn.way === 'static' && !signIn.token)
    throw new InvalidParameter('token', undefined, 'is empty');
}

/**
 * Checks a field against the server's limits. The SDK refuses an empty extension, so an empty extension is
 * left out.
 */
export function atMost(field: string, value: string | undefined, limit: number): void {
  if (value !== undefined && value.length > limit)
    throw new InvalidParameter(
      field,
      limit,
      `has ${value.length} characters, at most ${limit} are taken`,
    );
}
