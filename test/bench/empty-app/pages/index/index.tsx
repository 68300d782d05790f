import { View } from '@tarojs/components';

export default function Index() {
  return <View className="empty">empty</View>;
}
