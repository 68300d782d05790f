import { type CommonEventFunction, Text, View } from '@tarojs/components';
import { Avatar } from '@/components/ui/avatar';
import { hitsIn } from './hits';

interface ResultRowProps {
  id: string;
  targetId: string;
  name: string;
  avatar: string;
  note: string;
  time?: string;
  words: string;
  onTap: CommonEventFunction;
}

/** A person, a team or a message that was found, with the searched words marked. */
export function ResultRow({
  id,
  targetId,
  name,
  avatar,
  note,
  time,
  words,
  onTap,
}: ResultRowProps) {
  return (
    <View className="sr" hoverClass="pressed" data-id={id} ariaRole="button" onClick={onTap}>
      <Avatar accountId={targetId} name={name} url={avatar} small />
      <View className="sr-text">
        <View className="sr-name ellipsis">
          <Hits text={name} words={words} />
        </View>
        {note !== '' && (
          <View className="sr-note ellipsis">
            <Hits text={note} words={words} />
          </View>
        )}
      </View>
      {time !== undefined && <View className="sr-time">{time}</View>}
    </View>
  );
}

function Hits({ text, words }: { text: string; words: string }) {
  return (
    <>
      {hitsIn(text, words).map((part, place) =>
        part.isHit ? (
          <Text key={place} className="sr-hit">
            {part.text}
          </Text>
        ) : (
          <Text key={place}>{part.text}</Text>
        ),
      )}
    </>
  );
}
