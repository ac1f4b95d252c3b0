using System.Net;
using System.Text.Json;
using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>
/// Texts and shapes that existing clients match. Whoever changes one breaks the client that the test names: the command line client of the platform
/// ("the CLI"), scripts copied from its documentation, the chart's own smoke tests, readers of its database.
/// </summary>
public sealed class CompatibilityTests(Installation api, PostgresServer server) : IClassFixture<Installation>, IAsyncLifetime
{
    private const string Denied = "You do not have the appropriate permissions for that";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await api.ForgetClustersAsync();
        await api.AddClustersAsync(StoredClusters.Make(1), StoredClusters.Make(2, status: ClusterStatus.Inactive));
    }

    public ValueTask DisposeAsync() => default;

    /// <summary>The CLI compares the message, and only reads it where the status is below 400; it then asks for a new sign-in.</summary>
    [Fact]
    public async Task The_CLI_takes_this_text_for_an_expired_token_whatever_the_reason()
    {
        var query = $"{{ cluster(id: \"{StoredClusters.Id(1)}\") {{ id }} }}";

        AnswerAssert.Refuses("cluster", Denied, "UNAUTHENTICATED", await api.Anonymous.SendAsync(query, cancellationToken: Cancelled));
        AnswerAssert.Refuses("cluster", Denied, "FORBIDDEN", await api.Plain.SendAsync(query, cancellationToken: Cancelled));
    }

    /// <summary>The CLI reads the first element of <c>errors</c> wherever that member is there.</summary>
    [Fact]
    public async Task The_CLI_needs_answers_without_errors_to_have_no_such_member()
        => AnswerAssert.Is(
            """{"data":{"paginatedClusters":{"count":2}}}""",
            await api.Admin.SendAsync("{ paginatedClusters { count } }", cancellationToken: Cancelled));

    /// <summary>The CLI looks for <c>Cannot query field</c> in the body of a status of 400 and more, to tell an old server from a fault.</summary>
    [Theory]
    [InlineData("{ paginatedClusters { clusters { id nodePools } } }", "Cannot query field \"nodePools\" on type \"Cluster\".")]
    [InlineData("{ self { users { id } } }", "Cannot query field \"users\" on type \"AuthUser\". Did you mean \"user\"?")]
    [InlineData("{ clusterTypes { id } }", "Cannot query field \"clusterTypes\" on type \"Query\".")]
    [InlineData("{ paginatedClusters(page: 1) { count } }", "Unknown argument \"page\" on field \"Query.paginatedClusters\".")]
    public async Task The_CLI_recognizes_fields_that_a_server_does_not_have(string query, string message)
    {
        var answer = await api.Admin.SendAsync(query, cancellationToken: Cancelled);

        using var body = JsonDocument.Parse(answer.Body);
        var error = Assert.Single(body.RootElement.GetProperty("errors").EnumerateArray());
        Assert.StartsWith(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("GRAPHQL_VALIDATION_FAILED", error.GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.False(body.RootElement.TryGetProperty("data", out _));
    }

    /// <summary>The documentation says that clients may wait for exactly this text; some test for it without the full stop, and so contain it too.</summary>
    [Fact]
    public async Task Scripts_recognize_a_cluster_that_is_not_active()
        => AnswerAssert.Refuses(
            "updateCluster",
            "This operation is not allowed as the cluster is not active.",
            "CLUSTER_NOT_ACTIVE",
            await api.Admin.SendAsync(
                $"mutation {{ updateCluster(id: \"{StoredClusters.Id(2)}\", name: \"x\") {{ id }} }}", cancellationToken: Cancelled));

    /// <summary>Scripts that register data planes take this text for "already done".</summary>
    [Fact]
    public async Task Scripts_recognize_a_data_plane_that_is_registered()
    {
        await api.StartDataPlanesAsync();
        var register = $"mutation($name: String!) {{ registerCluster(name: $name, metadataUrl: \"{api.DataPlanes.MetadataUrl("dp")}\") {{ id }} }}";
        await api.Admin.SendAsync(register, new { name = "first" }, Cancelled);

        AnswerAssert.Refuses(
            "registerCluster",
            "A cluster with this base domain already exists",
            "CLUSTER_BASE_DOMAIN_TAKEN",
            await api.Admin.SendAsync(register, new { name = "second" }, Cancelled));
    }

    /// <summary>Scripts that make workspaces take this text for "already done".</summary>
    [Fact]
    public async Task Scripts_recognize_a_label_that_another_workspace_has()
    {
        const string Create = "mutation { createWorkspace(label: \"taken\") { id } }";
        await api.Admin.SendAsync(Create, cancellationToken: Cancelled);

        AnswerAssert.Refuses(
            "createWorkspace",
            "There is already another workspace with this label",
            "WORKSPACE_LABEL_TAKEN",
            await api.Admin.SendAsync(Create, cancellationToken: Cancelled));
    }

    /// <summary>The CLI prints this text, and the documentation names it.</summary>
    [Fact]
    public async Task Sign_ups_are_refused_with_the_text_that_names_the_way_out()
        => AnswerAssert.Refuses(
            "createUser",
            "Public sign ups are disabled, a valid inviteToken is required to login to the platform. Public sign ups can be enabled via configuration change.",
            "PUBLIC_SIGNUPS_DISABLED",
            await api.Anonymous.SendAsync(
                "mutation { createUser(email: \"new@example.com\", password: \"Correct-horse-1\") { token { value } } }", cancellationToken: Cancelled));

    /// <summary>The chart's smoke tests make the first user like this, without a token, and then send theirs after <c>Bearer</c>.</summary>
    [Fact]
    public async Task The_first_user_of_a_platform_is_made_without_a_token_and_becomes_its_admin()
    {
        await using var empty = new PostgresDatabase(server);
        await empty.InitializeAsync();
        await using var host = await ApiHost.StartAsync(empty, new HostSetup { Clock = api.Clock, HasAdmin = false });
        using var anonymous = host.Anonymous;
        var created = await anonymous.SendAsync(
            "mutation { createUser(email: \"first@example.com\", password: \"Correct-horse-1\") { user { username } token { value } } }",
            cancellationToken: Cancelled);
        using var first = anonymous.As("Bearer " + created.Text("createUser.token.value"));

        Assert.Equal("first@example.com", created.Text("createUser.user.username"));
        AnswerAssert.Is(
            """{"data":{"self":{"isAdmin":true},"paginatedClusters":{"count":0}}}""",
            await first.SendAsync("{ self { isAdmin } paginatedClusters { count } }", cancellationToken: Cancelled));
    }

    /// <summary>The CLI signs in like this and decodes these members.</summary>
    [Fact]
    public async Task The_CLI_signs_in_by_password_and_reads_when_its_token_ends()
    {
        await using var host = await ApiHost.StartAsync(api.Database, api.Clock, HostSetup.OpenSignUps);
        using var anonymous = host.Anonymous;
        await anonymous.SendAsync(
            "mutation { createUser(email: \"cli@example.com\", password: \"Correct-horse-1\") { token { value } } }", cancellationToken: Cancelled);

        var answer = await anonymous.SendAsync(
            """
            mutation CreateToken($identity: String, $password: String!) {
              createToken(identity: $identity, password: $password) {
                user { id fullName username status createdAt updatedAt emails { address primary verified } }
                token { value payload { id iat exp } }
              }
            }
            """,
            new { identity = "cli@example.com", password = "Correct-horse-1" },
            Cancelled);

        var id = answer.Text("createToken.user.id");
        AnswerAssert.Is(
            $$"""
            {"data":{"createToken":{"user":{"id":"{{id}}","fullName":null,"username":"cli@example.com","status":"active",
              "createdAt":"2026-01-01T12:00:00.000Z","updatedAt":"2026-01-01T12:00:00.000Z",
              "emails":[{"address":"cli@example.com","primary":true,"verified":true}]},
              "token":{"value":"{{answer.Text("createToken.token.value")}}","payload":{"id":"{{id}}","iat":1767268800,"exp":1767355200} } } } }
            """,
            answer);
    }

    /// <summary>The CLI sends no <c>operationName</c>, <c>null</c> for no variables, variables that the query does not declare, and empty texts for absent ones.</summary>
    [Theory]
    [InlineData("""{"query":"{ paginatedClusters { count } }","variables":null}""")]
    [InlineData("""{"query":"query names($take: Int, $cursor: Uuid) { paginatedClusters(take: $take, cursor: $cursor,) { count, } }","variables":{"take":-1,"cursor":"","sync":true,"payload":{"a":[]}}}""")]
    [InlineData("""{"query":"query($id: Uuid, $search: String) { paginatedClusters(id: $id, searchPhrase: $search) { count } }","variables":{"id":"","search":""}}""")]
    [InlineData("""{"query":"query($id: Uuid = \"\") { paginatedClusters(id: $id) { count } }"}""")]
    public async Task The_CLI_is_understood_in_the_way_in_which_it_asks(string body)
        => AnswerAssert.Is("""{"data":{"paginatedClusters":{"count":2}}}""", await api.PostAsync(body, await api.TokenAsync($"cli {Guid.NewGuid()}", RoleTable.BuiltIn.Grant(RoleNames.SystemViewer))));

    /// <summary>Documentation and CLI send the token alone, the chart's smoke tests and scripts send it after <c>Bearer</c>; header names have no case.</summary>
    [Theory]
    [InlineData("authorization", "")]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("AUTHORIZATION", "bearer ")]
    public async Task A_token_is_taken_alone_and_after_a_scheme(string header, string scheme)
    {
        var token = await api.TokenAsync($"reader {Guid.NewGuid()}", RoleTable.BuiltIn.Grant(RoleNames.SystemViewer));
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api.Host.Address, "/v1"));
        request.Content = new StringContent("""{"query":"{ paginatedClusters { count } }"}""", mediaType: new("application/json"));
        request.Headers.TryAddWithoutValidation(header, scheme + token);

        using var response = await http.SendAsync(request, Cancelled);

        Assert.Equal("""{"data":{"paginatedClusters":{"count":2}}}""", await response.Content.ReadAsStringAsync(Cancelled));
    }

    /// <summary>The types of variables are compared by name, so these names have to be there.</summary>
    [Theory]
    [InlineData("Uuid")]
    [InlineData("ID")]
    [InlineData("JSON")]
    [InlineData("DeploymentRoles")]
    [InlineData("UserSearch")]
    [InlineData("Id")]
    [InlineData("DateTime")]
    [InlineData("String")]
    [InlineData("Role")]
    [InlineData("ClusterStatus")]
    public async Task The_types_that_clients_declare_are_there_by_name(string type)
        => AnswerAssert.Is(
            $$"""{"data":{"__type":{"name":"{{type}}"} } }""",
            await api.Anonymous.SendAsync($"{{ __type(name: \"{type}\") {{ name }} }}", cancellationToken: Cancelled));

    /// <summary>The chart's probes of the container.</summary>
    [Fact]
    public async Task The_chart_finds_the_service_alive()
    {
        using var http = new HttpClient();

        using var response = await http.GetAsync(new Uri(api.Host.Address, "/v1/healthz"), Cancelled);

        Assert.Equal((HttpStatusCode.OK, "{}"), (response.StatusCode, await response.Content.ReadAsStringAsync(Cancelled)));
    }

    /// <summary>People open the endpoint itself in a browser and expect the playground.</summary>
    [Fact]
    public async Task A_browser_finds_the_playground_at_the_endpoint()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");

        using var response = await http.GetAsync(new Uri(api.Host.Address, "/v1"), Cancelled);

        Assert.Equal((HttpStatusCode.OK, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
    }

    /// <summary>The CLI declares its variables with these types, and scripts of 2018 and 2019 those of the operations that name the kind.</summary>
    [Theory]
    [InlineData(
        "mutation($label: String!, $category: String, $workspaceUuid: Uuid!, $role: Role!) { createWorkspaceServiceAccount(label: $label, category: $category, workspaceUuid: $workspaceUuid, role: $role) { id label apiKey entityType workspaceUuid category active lastUsedAt createdAt updatedAt } }",
        "WORKSPACE_VIEWER")]
    [InlineData(
        "mutation($label: String!, $category: String, $deploymentUuid: Uuid!, $role: Role!) { createDeploymentServiceAccount(label: $label, category: $category, deploymentUuid: $deploymentUuid, role: $role) { id label apiKey entityType deploymentUuid category active lastUsedAt createdAt updatedAt } }",
        "DEPLOYMENT_VIEWER")]
    [InlineData(
        "mutation($label: String!, $category: String, $entityType: EntityType!, $entityUuid: Uuid, $role: Role!) { createServiceAccount(label: $label, category: $category, entityType: $entityType, entityUuid: $entityUuid, role: $role) { id label apiKey entityType entityUuid category active lastUsedAt createdAt updatedAt } }",
        "WORKSPACE_VIEWER")]
    [InlineData(
        "query($workspaceUuid: Uuid!) { workspaceServiceAccounts(workspaceUuid: $workspaceUuid) { id apiKey label category entityType entityUuid active createdAt updatedAt lastUsedAt } }",
        null)]
    [InlineData(
        "query($deploymentUuid: Uuid!) { deploymentServiceAccounts(deploymentUuid: $deploymentUuid) { id apiKey label category entityType entityUuid active createdAt updatedAt lastUsedAt } }",
        null)]
    [InlineData(
        "query($serviceAccountUuid: Uuid, $entityType: EntityType!, $entityUuid: Uuid) { serviceAccounts(serviceAccountUuid: $serviceAccountUuid, entityType: $entityType, entityUuid: $entityUuid) { id apiKey label category entityType entityUuid active createdAt updatedAt lastUsedAt } }",
        null)]
    public async Task The_CLI_makes_and_lists_service_accounts(string operation, string? role)
    {
        var workspace = await api.AddWorkspaceAsync($"{Guid.NewGuid():N}");
        var deployment = await api.AddDeploymentAsync($"{Guid.NewGuid():N}", StoredClusters.Id(1), workspace);

        var answer = await api.Admin.SendAsync(
            operation,
            new { label = "ci", category = "default", workspaceUuid = workspace, deploymentUuid = deployment, entityType = "WORKSPACE", entityUuid = workspace, role },
            Cancelled);

        Assert.DoesNotContain("\"errors\"", answer.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    /// <summary>The CLI deletes by both ids, and prints what was deleted.</summary>
    [Theory]
    [InlineData("mutation($serviceAccountUuid: Uuid!, $workspaceUuid: Uuid!) { deleteWorkspaceServiceAccount(serviceAccountUuid: $serviceAccountUuid, workspaceUuid: $workspaceUuid) { id apiKey label category entityType entityUuid active createdAt updatedAt lastUsedAt } }")]
    [InlineData("mutation($serviceAccountUuid: Uuid!, $deploymentUuid: Uuid!) { deleteDeploymentServiceAccount(serviceAccountUuid: $serviceAccountUuid, deploymentUuid: $deploymentUuid) { id apiKey label category entityType entityUuid active createdAt updatedAt lastUsedAt } }")]
    public async Task The_CLI_deletes_service_accounts(string operation)
    {
        var id = Guid.NewGuid();
        var answer = await api.Admin.SendAsync(operation, new { serviceAccountUuid = id, workspaceUuid = id, deploymentUuid = id }, Cancelled);

        Assert.Contains("\"message\":\"Service account not found\"", answer.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    /// <summary>The documented statement that brings a deployment back.</summary>
    [Fact]
    public async Task Operators_restore_deployments_in_the_database_by_hand()
    {
        await api.AddDeploymentAsync("stellar-orbit-1234", StoredClusters.Id(1), await api.AddWorkspaceAsync("mine"), deletedAt: FakeClock.Noon);

        await api.Database.ExecuteAsync(
            """UPDATE houston$default."Deployment" SET "deletedAt" = NULL WHERE "releaseName" = 'stellar-orbit-1234';""", Cancelled);

        Assert.Equal(
            ["stellar-orbit-1234"],
            await api.Database.QueryAsync<string>("""select "releaseName" from houston$default."Deployment" where "deletedAt" is null""", Cancelled));
    }

    /// <summary>A side-car of the metrics server joins these tables and columns to find what to scrape.</summary>
    [Fact]
    public async Task Metrics_find_clusters_and_deployments_in_the_database()
    {
        await api.AddDeploymentAsync("stellar-orbit-1234", StoredClusters.Id(1), await api.AddWorkspaceAsync("mine"));

        Assert.Equal(
            [$"{StoredClusters.Id(1)} c1 d1.example.com ACTIVE stellar-orbit-1234"],
            await api.Database.QueryAsync<string>(
                """
                SELECT concat_ws(' ', c.id, c.name, c."baseDomain", c.status, d."releaseName")
                FROM houston$default."Cluster" c JOIN houston$default."Deployment" d ON d."clusterId" = c.id
                """,
                Cancelled));
    }
}
