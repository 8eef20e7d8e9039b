// When was something last painted in the main part of the page? Elements that change count, and drawing on canvases.
(() => {
  const QUIET = 600;
  const main = document.querySelector('[data-testid="stMain"]');
  const app = document.querySelector('[data-testid="stApp"]');
  window.painted = {
    last: performance.now(),
    busy: performance.now(),
    clicked: null,
    settled(since) {
      const now = performance.now();
      if (app.getAttribute("data-test-script-state") === "running") this.busy = now;
      return since !== null && this.last > since && now - this.last > QUIET && now - this.busy > QUIET;
    },
  };
  const note = () => requestAnimationFrame(() => { painted.last = performance.now(); });
  new MutationObserver(note).observe(main, { subtree: true, childList: true, characterData: true, attributes: true });
  for (const name of ["fill", "stroke", "fillRect", "fillText", "clearRect"]) {
    const draw = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...given) { note(); return draw.apply(this, given); };
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest('[role="option"]')) painted.clicked = performance.now();
  }, true);
})();
