import { useData, type Theme } from 'vitepress';
import theme from 'vitepress/theme-without-fonts';
import { defineComponent, h, onMounted, watch } from 'vue';
import './site.css';

/** The home page of VitePress has no main landmark. */
function useMainLandmark(): void {
  const { page, frontmatter } = useData();
  const mark = () => {
    const content = document.getElementById('VPContent')!;
    if (frontmatter.value.layout === 'home') {
      content.setAttribute('role', 'main');
    } else {
      content.removeAttribute('role');
    }
  };
  onMounted(mark);
  watch(page, mark, { flush: 'post' });
}

export default {
  extends: theme,
  Layout: defineComponent({
    setup() {
      useMainLandmark();
      return () => h(theme.Layout);
    },
  }),
} satisfies Theme;
