// What stated traffic would cost a month: some calls to a subject that is paid by the call, the others to a server.
const DAYS = 30;

/** As the report's own projection: the server costs nothing where it answers nothing. */
function monthly(usdPerCall, calls, share, server) {
  return DAYS * calls * share * usdPerCall + (share < 1 ? server : 0);
}

function calculator() {
  const box = byId('calculator');
  const paid = data.subjects.map((_, subject) => subject).filter(subject => data.costs[subject] !== null);
  if (!box || paid.length === 0) return;
  options('calculated', paid.map(subject => [subject, data.subjects[subject]]));
  const dearest = paid.reduce((a, b) => data.costs[b][0] > data.costs[a][0] ? b : a);
  byId('calculated').value = dearest;
  const amount = id => Math.max(0, Number(byId(id).value) || 0);
  const usd = value => new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value) + ' USD';
  const tell = () => {
    const share = Math.min(100, amount('share')) / 100;
    const [mean, low, high] = data.costs[byId('calculated').value]
      .map(cost => cost === null ? null : monthly(cost, amount('calls'), share, amount('server')));
    byId('monthly').textContent = usd(mean) + (low === null ? '' : ' [' + usd(low) + '; ' + usd(high) + ']');
  };
  box.addEventListener('input', tell);
  tell();
  box.hidden = false;
}
