import { type CommonEvent, View } from '@tarojs/components';
import type { PropsWithChildren } from 'react';
import './kept-list.scss';

interface KeptRowProps {
  /** `data-id` of every part that can be pressed. */
  id: string;
  onOpen: (event: CommonEvent) => void;
  /** The acts at the end of the row, by their texts. */
  acts: readonly (readonly [text: string, onTap: (event: CommonEvent) => void])[];
}

/** A row of the pages of marks, favourites and reminders: lines that open a message, and acts beside them. */
export function KeptRow({ id, onOpen, acts, children }: PropsWithChildren<KeptRowProps>) {
  return (
    <View className="kept">
      <View
        className="kept-text"
        data-id={id}
        hoverClass="pressed"
        ariaRole="button"
        onClick={onOpen}
      >
        {children}
      </View>
      {acts.map(([text, onTap]) => (
        <View key={text} className="kept-off" data-id={id} ariaRole="button" onClick={onTap}>
          {text}
        </View>
      ))}
    </View>
  );
}
