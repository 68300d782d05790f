import { type CommonEventFunction, Image, View } from '@tarojs/components';
import { useMemo } from 'react';
import { durationText } from '@/components/format/duration';
import { coverOf, thumbOf } from '@/components/media/picture-box';
import { useTexts } from '@/components/page/use-texts';
import { appTexts } from '@/i18n';
import { MessageType } from '@/sdk/constants';
import { isRemote, mediaUrls } from '@/sdk/media-urls';
import type { V2NIMMessage } from '@/sdk/types';
import type { AccountStores } from '@/stores';
import { imageKind } from '@/stores/messages/kinds/image';
import { videoKind } from '@/stores/messages/kinds/video';

interface MediaGridProps {
  account: AccountStores;
  messages: readonly V2NIMMessage[];
  onTap: CommonEventFunction;
}

/** The pictures and videos of a chat, small. */
export function MediaGrid({ account, messages, onTap }: MediaGridProps) {
  const t = useTexts(appTexts);
  const urls = useMemo(
    () => mediaUrls(() => account.connection.services.messageCreator),
    [account],
  );
  return (
    <View className="sr-grid">
      {messages.map((message) => {
        const isVideo = (message.messageType as number) === MessageType.VIDEO;
        const video = isVideo ? videoKind.parse(message) : null;
        const image = isVideo ? null : imageKind.parse(message);
        const src = video ? coverOf(video, urls) : image ? thumbOf(image, urls) : '';
        return (
          <View
            key={message.messageClientId}
            className="sr-tile"
            data-id={message.messageClientId}
            ariaRole="button"
            ariaLabel={t(isVideo ? 'media.video' : 'media.image')}
            onClick={onTap}
          >
            {isRemote(src) && <Image className="sr-picture" src={src} mode="aspectFill" lazyLoad />}
            {video && (
              <View className="sr-length">{durationText(Math.round(video.duration / 1000))}</View>
            )}
          </View>
        );
      })}
    </View>
  );
}
