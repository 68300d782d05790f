import { View } from '@tarojs/components';
import { textParts } from '@/stores/messages/kinds/text-parts';
import type { BodyProps } from '../body-props';
import { Bubble } from '../bubble';

/** A text. Names, links, phone numbers and mail addresses are nodes; a text without them is a single node. */
export function TextBody({ row, content, actions }: BodyProps<'text'>) {
  const parts = textParts(content);
  return (
    <Bubble row={row} actions={actions} onTap={actions.tapText} hasParts={Boolean(parts)}>
      {parts
        ? parts.map((part, index) => {
            if (typeof part === 'string') return part;
            const { type, text } = part;
            if (type === 'mention') {
              return (
                <View key={index} className="at">
                  {text}
                </View>
              );
            }
            return (
              <View
                key={index}
                className="mark"
                data-id={row.messageClientId}
                data-mark={index}
                ariaRole="link"
                onClick={actions.openMark}
              >
                {text}
              </View>
            );
          })
        : content.text}
      {row.edited && actions.edited && (
        <View
          className="ed"
          data-id={row.messageClientId}
          ariaRole="button"
          onClick={actions.edited.onTap}
        >
          {actions.edited.label()}
        </View>
      )}
    </Bubble>
  );
}
