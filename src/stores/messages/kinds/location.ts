import { MessageType } from '@/sdk/constants';
import { fieldsIn, textIn } from './fields';
import type { KindSpec } from './kind-spec';

export interface LocationContent {
  /** The name of the place; Yunxin's kits write it into the text of the message. */
  readonly title: string;
  readonly address: string;
  /** Degrees; null when the coordinates are not a place on the earth. */
  readonly place: { readonly latitude: number; readonly longitude: number } | null;
}

export const locationKind: KindSpec<LocationContent> = {
  messageType: MessageType.LOCATION,
  parse: ({ text, attachment }) => {
    const { latitude, longitude, address } = fieldsIn(attachment);
    const isPlace = isWithin(latitude, 90) && isWithin(longitude, 180);
    return {
      title: textIn(text),
      address: textIn(address),
      place: isPlace ? { latitude, longitude } : null,
    };
  },
  previewKey: 'preview.location',
  copyText: ({ title, address }) => [title, address].filter(Boolean).join('\n'),
};

function isWithin(value: unknown, most: number): value is number {
  return typeof value === 'number' && Math.abs(value) <= most;
}
