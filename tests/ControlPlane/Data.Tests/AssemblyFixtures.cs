using Apc.TestKit;

[assembly: AssemblyFixture(typeof(PostgresServer))]
