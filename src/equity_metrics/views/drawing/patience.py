"""Widgets that may take long to load in; the time that they need, on a slow machine too, out."""

PATIENCE = """
// A widget that is not loaded within two seconds is deaf from then on: what is chosen changes the words and no longer
// the picture. Several pictures on a slow machine take longer, so widgets that load from now on have a minute.
if (!AbortSignal.timeout.patient) {
  const giveUpAfter = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (time) => giveUpAfter(time === 2000 ? 60000 : time);
  AbortSignal.timeout.patient = true;
}
"""
