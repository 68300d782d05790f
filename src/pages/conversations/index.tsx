import { Text, View } from '@tarojs/components';

export default function Conversations() {
  return (
    <View>
      <Text>云信</Text>
    </View>
  );
}
