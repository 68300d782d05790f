import Taro from '@tarojs/taro';
import type { Language } from '@/i18n';
import { type WxFailure, wxFailureOf } from '@/platform';
import { oneLine } from '../format/one-line';
import { tellFailure } from '../page/dialogs';
import { wxAsk, wxCall, type WxOutcome } from '../page/wx-call';
import { composerTexts } from './texts';

export interface Place {
  /** Degrees. */
  readonly latitude: number;
  readonly longitude: number;
  readonly title: string;
  /** Never empty: the SDK creates no message without an address. */
  readonly address: string;
}

/**
 * Lets the user choose a place: in WeChat's map, or in a browser the current position with a name. Null when
 * the user cancels, and when WeChat or the browser refuses; a refusal is shown as a toast.
 */
export async function choosePlace(language: Language): Promise<Place | null> {
  const chosen =
    process.env.TARO_ENV === 'weapp' ? await chooseInWeChat() : await chooseInBrowser(language);
  if (chosen.ok) return chosen.value;
  tellFailure(chosen.failure, language);
  return null;
}

async function chooseInWeChat(): Promise<WxOutcome<Place>> {
  const chosen = await wxAsk(() => Taro.chooseLocation({}));
  if (!chosen.ok) return chosen;
  const { name, address } = chosen.value;
  // Some Android versions give texts.
  const latitude = Number(chosen.value.latitude);
  const longitude = Number(chosen.value.longitude);
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180))
    return failed('chooseLocation:fail no place');
  return placeAt({ latitude, longitude, title: name, address });
}

async function chooseInBrowser(language: Language): Promise<WxOutcome<Place>> {
  const found = await wxCall(currentPosition);
  if (!found.ok) return found;
  const { latitude, longitude } = found.value.coords;
  const answer = globalThis.prompt(composerTexts(language)('placeName'), '');
  if (answer === null) return failed('prompt:fail cancel');
  return placeAt({ latitude, longitude, title: oneLine(answer), address: '' });
}

/** A place in the map without an address, or one of the browser, gets its name or its position as address. */
function placeAt({ latitude, longitude, title, address }: Place): WxOutcome<Place> {
  const known = address || title || `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return { ok: true, value: { latitude, longitude, title, address: known } };
}

/** Number of a GeolocationPositionError when the user or the system refuses. */
const PERMISSION_DENIED = 1;

function currentPosition(): Promise<GeolocationPosition> {
  return new Promise((resolve, reject) =>
    globalThis.navigator.geolocation.getCurrentPosition(resolve, ({ code, message }) =>
      reject(
        new Error(
          code === PERMISSION_DENIED ? 'geolocation:fail auth deny' : `geolocation:fail ${message}`,
        ),
      ),
    ),
  );
}

function failed(errMsg: string): { ok: false; failure: WxFailure } {
  return { ok: false, failure: wxFailureOf({ errMsg }) };
}
