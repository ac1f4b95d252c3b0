#!/usr/bin/env bash
# Packs the engine into a folder of its own, and has a new project outside the repository take the packages from there and answer a query. Needs only the
# .NET 10 SDK; fetches nothing that a build does not. Leaves nothing behind but what a build leaves in artifacts/.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
feed=$work/feed
version=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' src/GraphQL/Directory.Build.props)

fail() {
  echo "package: $1" >&2
  echo "package: 0 passed, 1 failed"
  exit 1
}

grep -qF "## [$version]" src/GraphQL/CHANGELOG.md || fail "src/GraphQL/CHANGELOG.md does not have the version $version."

for project in Apc.GraphQL Apc.GraphQL.Playground Apc.GraphQL.AspNetCore; do
  dotnet pack "src/GraphQL/$project" --configuration Release --output "$feed" --nologo --verbosity quiet || fail "$project cannot be packed."

  for package in "$feed/$project.$version.nupkg" "$feed/$project.$version.snupkg"; do
    [ -s "$package" ] || fail "$(basename "$package") was not made."
  done
done

mkdir "$work/app"
cd "$work/app"
export NUGET_PACKAGES=$work/packages # The user's own would keep the first package of this version for ever.

cat > nuget.config <<EOF
<configuration>
  <packageSources>
    <clear />
    <add key="packed" value="$feed" />
  </packageSources>
</configuration>
EOF

cat > App.csproj <<EOF
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <OutputType>Exe</OutputType>
    <UseAppHost>false</UseAppHost>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Apc.GraphQL.AspNetCore" Version="[$version]" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using Apc.GraphQL.AspNetCore;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Playground;
using Microsoft.AspNetCore.Builder;

var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
builder.Services.AddGraphQLServer(_ => SchemaBuilder.New().AddType(typeof(Greetings)).Build());
await using var app = builder.Build();
app.MapGraphQL("/graphql");
await app.StartAsync();

using var http = new HttpClient();
Console.WriteLine(await http.GetStringAsync($"{app.Urls.Single()}/graphql?query=%7Bhello(name:%22Ada%22)%7D"));
Console.WriteLine($"GraphiQL: {PlaygroundBundle.Built is not null}");

[QueryType]
static class Greetings
{
    public static string GetHello(string name) => $"Hello {name}";
}
EOF

cp "$OLDPWD/global.json" .
dotnet build --nologo --verbosity quiet || fail "a project that refers to the packages cannot be built."
answers=$(dotnet bin/Debug/net10.0/App.dll) || fail "a program that uses the packages fails."

grep -qxF '{"data":{"hello":"Hello Ada"}}' <<<"$answers" || fail "the answer is $answers"

if [ -e "$OLDPWD/artifacts/obj/Apc.GraphQL.Playground/web/dist/playground.html" ]; then
  grep -qxF 'GraphiQL: True' <<<"$answers" || fail "the package of the playground has no GraphiQL."
fi

echo "package: 1 passed, 0 failed"
