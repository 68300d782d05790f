import { type CommonEvent, ScrollView, View } from '@tarojs/components';
import { memo } from 'react';
import { useT } from '@/components/use-t';
import { EMOJI } from './emoji';

interface EmojiPanelProps {
  onPick: (event: CommonEvent) => void;
  onBackspace: () => void;
}

export const EmojiPanel = memo(function EmojiPanel({ onPick, onBackspace }: EmojiPanelProps) {
  const t = useT();
  return (
    <View className="emoji-panel">
      <ScrollView className="emoji-scroll" scrollY enhanced>
        <View className="emoji-grid">
          {EMOJI.map((emoji) => (
            <View className="emoji" key={emoji} data-emoji={emoji} onClick={onPick}>
              {emoji}
            </View>
          ))}
        </View>
      </ScrollView>
      <View
        className="emoji-back"
        hoverClass="pressed"
        ariaRole="button"
        ariaLabel={t('chat.backspace')}
        onClick={onBackspace}
      />
    </View>
  );
});
