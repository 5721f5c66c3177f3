// The choice is a cookie, so that the server paints the right page at once and nothing flashes.
const A_YEAR_S = 365 * 24 * 3600;

export function chooseTheme() {
  const buttons = document.querySelectorAll("[data-theme-choice]");
  show(buttons, document.documentElement.dataset.theme || "auto");
  buttons.forEach((button) => {
    button.addEventListener("click", () => {
      const theme = button.dataset.themeChoice;
      const age = theme === "auto" ? 0 : A_YEAR_S;
      document.cookie = `theme=${theme}; path=/; max-age=${age}; samesite=lax`;
      if (theme === "auto") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = theme;
      show(buttons, theme);
    });
  });
}

function show(buttons, theme) {
  buttons.forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
  });
}
