export default function Home() {
  return (
    <main className="p-8">
      <h1 className="text-page">Strata</h1>
    </main>
  );
}
